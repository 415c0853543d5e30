// The lessons in English: a question for the class, a guide for the teacher, the theorem behind, and a name for each step.
export interface LessonTexts { title: string; question: string; guide: string; look: string; theorem: string; steps: string[] }

const referenceLesson = {
  question: "Four actors, six issues, and both belligerents pay for every month of war. Who refuses, and for which reason? Which single constraint, once lifted, opens a deal, and for whom is that deal worse?",
  guide: "Watch two or three runs first, then look at the odds. Lift one mechanism at a time under “Ask why”: the runs keep their luck, so the difference is the mechanism's. Then take the seat of an actor you disagree with.",
  look: "Most runs end in stalemate. Ratification in Ukraine and loss aversion on both sides bind most; no single switch settles the war, and two together do more than the sum of each.",
  theorem: "Two-level games (Putnam 1988), loss aversion (Kahneman and Tversky 1979), commitment (Powell 2006), in one model.",
  steps: ["As it stands", "No ratification", "No loss aversion", "Both lifted"],
};

export const lessonsEn: Record<string, LessonTexts> = {
  "indivisible-territory": {
    title: "Indivisible territory",
    question: "Both sides know that the front moves slowly north to south, both pay for every month of war, and there are lines on the map that both would prefer to fighting on. Why do they not draw one?",
    guide: "Play a run with the deadlock and read the South's reason aloud. Then switch loss aversion off and play the same run again. Last, find the size of loss aversion at which the last deal disappears.",
    look: "With loss aversion no run ends in a deal, and the South's refusals name what it would have to give up. Without it every run ends in a deal near the line that the war would have reached.",
    theorem: "Fearon 1995, Powell 2006: with an indivisible good there may be no deal inside the bargaining range.",
    steps: ["Deadlock: every metre is a loss", "Release: no loss aversion", "A smaller loss aversion"],
  },
  "commitment-guarantee": {
    title: "Commitment and guarantee",
    question: "The line on the map is agreed, the war is costly, and still nobody signs. What would a signature have to be worth, and who can make it worth that?",
    guide: "The same treaty is on the table each time; only the belief that it will be kept changes. Raise the guarantor's credibility in steps and look at who refuses.",
    look: "Without a credible guarantor the chance that the peace lasts five years is about one in six, and the South refuses. With one it is above four in five, and every run ends in a treaty.",
    theorem: "Powell 2006: a peace that cannot be kept is not signed; a guarantee opens it.",
    steps: ["Deadlock: nobody behind the paper", "Release: a credible guarantor", "A strong power, a weak promise", "A South without fear"],
  },
  ratification: {
    title: "Ratification",
    question: "Both governments would sign tonight. Who is missing at the table, and does its absence make the government weaker or stronger?",
    guide: "Move the mood of the South's public and watch where the border is signed. Then take ratification away. Under “Ask why” the win-sets show how opinion shrinks what can be signed.",
    look: "Deals appear only as the mood rises; the more sceptical the South's public, the further north the line that is signed: a tied hand is an asset, until it is tied too tightly.",
    theorem: "Putnam 1988, Tarar 2001: a deal must lie in both win-sets.",
    steps: ["Deadlock: a sceptical public", "Release: no ratification", "A friendlier public", "Sign first, ask later"],
  },
  optimism: {
    title: "Optimism on both sides",
    question: "The front does not move at all. The North is sure that it soon will, and so is the South, the other way. Is there a treaty that both prefer to waiting? What would have to happen for them to see it?",
    guide: "Time cannot be on everybody's side. Switch the optimism off; then let the sides doubt their own forecast and learn from a front that stands still.",
    look: "With optimism nearly every run is a stalemate, though nobody gains by it. Without it deals come in the first weeks. With doubt they come, but late: fighting informs.",
    theorem: "Fearon 1995, Slantchev 2003: rival beliefs empty the bargaining range until fighting informs.",
    steps: ["Deadlock: two optimists", "Release: no optimism", "They doubt and learn", "One optimist, one pessimist"],
  },
  linkage: {
    title: "Linkage of two issues",
    question: "The pasture matters to the North, the harbour to the South. Why does adding a second quarrel make peace easier?",
    guide: "In the deadlock the mediator works on one issue at a time. Then it may table both in one package. Last, give both sides the same cares and see the gain vanish.",
    look: "Issue by issue the text is pulled to the middle, where nobody gains enough to sign. The package gives each side what it cares for.",
    theorem: "Tollison and Willett 1979: packages beat issues one by one.",
    steps: ["Deadlock: one issue at a time", "Release: a package", "Both care for the same"],
  },
  "mediator-leverage": {
    title: "A mediator's leverage",
    question: "The mediator's text is fair, and both sides let it lie. What can a mediator add besides words, and what does a peace that is pushed through cost later?",
    guide: "Play without leverage, then with it. Then press one side alone: the border moves as well as the odds.",
    look: "Without leverage a patient stalemate; with it deals, but with a higher hazard of collapse: a part of what was signed is broken before the year is over.",
    theorem: "Leverage widens the bargaining range by what it adds to the cost of war; Werner and Yuen 2005: a peace made under pressure lasts less.",
    steps: ["Deadlock: words only", "Release: leverage on both", "Pressure on one side", "Pressure that costs no durability"],
  },
  "alternating-offers": {
    title: "Alternating offers",
    question: "Nobody stands between the two. Each writes the text in turn and leans it towards its own wishes. When does leaning make a better deal, and when none at all?",
    guide: "Start with two greedy proposers and lower the tilt. Then make one side patient.",
    look: "Mild leaning costs little; strong leaning produces two texts that take turns in being refused. The patient side gets the better border.",
    theorem: "Rubinstein 1982, Stahl 1972: what the right to propose is worth.",
    steps: ["Deadlock: greedy proposers", "Release: fair texts", "Mild leaning", "A patient North"],
  },
  "realism-lens": {
    title: "Power or rules",
    question: "The South has lost two fifths of what it holds dear and cannot win it back. Power says: sign at the line. Rules say: a treaty at the line rewards conquest. What does the outcome depend on, the armies or the lens?",
    guide: "Move the South from “rules decide” (0) to “power decides” (1). Then put the North in a hurry.",
    look: "Near 0 stalemate, near 1 treaties at once. In between the talks take most of a year, and what is signed lies closer to the old border.",
    theorem: "A norm against conquest as a price that realists do not pay (stylised).",
    steps: ["Deadlock: rules decide", "Release: power decides", "In between", "A North in a hurry"],
  },
  "truce-trap": {
    title: "The truce trap",
    question: "A truce spares both sides most of the cost of war. Why might a mediator who wants a treaty refuse to table one?",
    guide: "Play with the truce on the list, then without it. Then try a leaky truce, and one in which the North rearms.",
    look: "With a truce every run signs it at once and hardly any ever signs the treaty. Without it the cost of war brings the treaty within a few rounds.",
    theorem: "An easy truce takes the pressure off a settlement (stylised).",
    steps: ["Trap: a truce on the table", "Release: no truce", "A leaky truce", "The North rearms"],
  },
  "ukraine-2026-01": { title: "Russia and Ukraine, January 2026", ...referenceLesson },
  "start-values": { title: "Start values of the reference model", ...referenceLesson },
};
