// Inflates in browsers that do not know how by themselves; only there it is part of the worker.
export { unzlibSync } from "fflate";
