// The page and its first question, asked before the scripts of its views are evaluated: the engine works meanwhile.
import { Client } from "./engine/client";
import { Page } from "./page";
import { fromAddress, Store } from "./state";

export const store = new Store(fromAddress(location.hash));
export const page = new Page(store, new Client());
page.ask().catch(() => undefined);  // asked again, and answered, where it is shown
