// Which configurations the page teaches with, and the steps of each lesson; the words stand in texts/lessons-*.ts.
import alternatingOffers from "@configs/classroom/alternating-offers.toml?raw";
import commitmentGuarantee from "@configs/classroom/commitment-guarantee.toml?raw";
import indivisibleTerritory from "@configs/classroom/indivisible-territory.toml?raw";
import linkage from "@configs/classroom/linkage.toml?raw";
import mediatorLeverage from "@configs/classroom/mediator-leverage.toml?raw";
import optimism from "@configs/classroom/optimism.toml?raw";
import ratification from "@configs/classroom/ratification.toml?raw";
import realismLens from "@configs/classroom/realism-lens.toml?raw";
import truceTrap from "@configs/classroom/truce-trap.toml?raw";
import europePolls from "@configs/polls/europe.csv?raw";
import pollQuestions from "@configs/polls/questions.csv?raw";
import russiaPolls from "@configs/polls/russia.csv?raw";
import ukrainePolls from "@configs/polls/ukraine.csv?raw";
import unitedStatesPolls from "@configs/polls/united_states.csv?raw";
import startValues from "@configs/start-values.toml?raw";
import ukraine from "@configs/ukraine-2026-01.toml?raw";

export interface Lesson {
  id: string;
  file: string;           ///< as the command line names it, from the project's folder
  configuration: string;  ///< its text
  files?: Record<string, string>;  ///< poll tables that it names
  invented: boolean;      ///< all numbers are made up for teaching
  steps: Record<string, string>[];  ///< what each step of the guide changes; the first shows the deadlock
  controls: string[];     ///< the settings that matter here, beside the switches
}

const classroom = (id: string, configuration: string, controls: string[], ...steps: Record<string, string>[]): Lesson =>
  ({ id, file: `configs/classroom/${id}.toml`, configuration, invented: true, controls, steps });
const reference = (id: string, configuration: string, files?: Record<string, string>): Lesson => ({
  id, files, file: `configs/${id}.toml`, configuration, invented: false,
  controls: ["actors.ukraine.mood", "actors.russia.cost", "actors.ukraine.cost", "issues.guarantees.text", "actors.europe.credibility"],
  steps: [{}, { "mechanisms.ratification": "false" }, { "mechanisms.loss_aversion": "false" }, { "mechanisms.ratification": "false", "mechanisms.loss_aversion": "false" }],
});

export const lessons: Lesson[] = [
  classroom("indivisible-territory", indivisibleTerritory, ["actors.south.loss_aversion", "actors.north.cost", "actors.south.cost"],
    {}, { "mechanisms.loss_aversion": "false" }, { "actors.south.loss_aversion": "1" }),
  classroom("commitment-guarantee", commitmentGuarantee, ["actors.guarantor.credibility", "issues.guarantee.text", "actors.south.fear"],
    {}, { "actors.guarantor.credibility": "0.8" }, { "actors.guarantor.credibility": "0.8", "issues.guarantee.text": "0.2" }, { "actors.south.fear": "0" }),
  classroom("ratification", ratification, ["actors.south.mood", "actors.south.ratification_threshold", "actors.north.mood"],
    { "actors.south.mood": "-1" }, { "actors.south.mood": "-1", "mechanisms.ratification": "false" }, { "actors.south.mood": "0.5" },
    { "actors.south.mood": "-1", "ratification.anticipated": "0" }),
  classroom("optimism", optimism, ["actors.north.optimism", "actors.south.optimism", "actors.north.belief_sd", "actors.south.belief_sd"],
    {}, { "mechanisms.optimism": "false" }, { "actors.north.belief_sd": "0.002", "actors.south.belief_sd": "0.002" }, { "actors.south.optimism": "-0.014" }),
  classroom("linkage", linkage, ["rungs.package.value", "actors.north.salience.pasture", "actors.north.salience.harbour", "actors.south.salience.pasture", "actors.south.salience.harbour"],
    { "rungs.package.value": "0" }, {},
    { "actors.north.salience.pasture": "0.5", "actors.north.salience.harbour": "0.5", "actors.south.salience.pasture": "0.5", "actors.south.salience.harbour": "0.5" }),
  classroom("mediator-leverage", mediatorLeverage, ["actors.north.leverage", "actors.south.leverage", "durability.pressure_effect"],
    { "mechanisms.leverage": "false" }, {}, { "actors.north.leverage": "0" }, { "durability.pressure_effect": "0" }),
  classroom("alternating-offers", alternatingOffers, ["protocol.tilt", "actors.north.cost", "actors.south.cost"],
    { "protocol.tilt": "5" }, {}, { "protocol.tilt": "2" }, { "actors.north.cost": "0.02" }),
  classroom("realism-lens", realismLens, ["actors.south.realism", "actors.south.norm", "actors.north.cost"],
    {}, { "actors.south.realism": "1" }, { "actors.south.realism": "0.5" }, { "actors.north.cost": "0.15" }),
  classroom("truce-trap", truceTrap, ["rungs.truce.value", "actors.north.truce_saving", "actors.south.truce_saving", "actors.north.rearmament"],
    {}, { "rungs.truce.value": "0" }, { "actors.north.truce_saving": "0.3", "actors.south.truce_saving": "0.3" }, { "actors.north.rearmament": "-0.005" }),
  reference("ukraine-2026-01", ukraine, {
    "polls/ukraine.csv": ukrainePolls, "polls/russia.csv": russiaPolls, "polls/united_states.csv": unitedStatesPolls, "polls/europe.csv": europePolls, "polls/questions.csv": pollQuestions,
  }),
  reference("start-values", startValues),
];

export const lessonOf = (id: string): Lesson => lessons.find((l) => l.id === id) ?? lessons[0];
