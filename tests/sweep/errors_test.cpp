// Every error of a configuration, provoked: where it is, what is wrong, and what to write instead. A message that names
// nothing to do is none.
#include <gtest/gtest.h>

#include <functional>

#include "engine/drivers/cli/load_configuration.hpp"
#include "engine/sweep/batch.hpp"
#include "engine/sweep/plan.hpp"
#include "models/catalog.hpp"

namespace parley {
namespace {

const std::string sound = R"(title = "A sound one"
[issues.land]
moves_with_front = true
[issues.shield]
guarantee = "up"
[links]
both = ["land", "shield"]
[rungs.deal]
settles = ["land", "shield"]
[actors.north]
fights = true
salience = [0.3, 0.2]
[actors.south]
fights = true
salience = [0.3, 0.2]
)";

std::string message_of(const std::function<void()>& action) {
  try {
    action();
  } catch (const UsageError& error) {
    return std::string("usage: ") + error.what();
  } catch (const InputError& error) {
    return error.what();
  } catch (const std::exception& error) {
    return std::string("another exception: ") + error.what();
  }
  return "no error";
}
std::string message_of(const std::string& text, const std::vector<std::string>& assignments = {}) {
  return message_of([&] { read_config(text, "c.toml", assignments, &find_model); });
}

/// Messages begin with the place and hold each phrase in turn, the last of which says what to do.
void expect_message(const std::string& message, const std::string& place, const std::vector<std::string>& phrases) {
  EXPECT_EQ(message.rfind(place, 0), 0u) << "'" << place << "' is not where this begins: " << message;
  std::size_t at = 0;
  for (const std::string& phrase : phrases) {
    const std::size_t found = message.find(phrase, at);
    EXPECT_NE(found, std::string::npos) << "'" << phrase << "' is not in: " << message;
    if (found != std::string::npos) at = found;
  }
}

struct Mistake {
  std::string text, place;
  std::vector<std::string> phrases;
};

/// The sound configuration with a phrase replaced; the place of the mistake is computed from the text.
Mistake instead(const std::string& from, const std::string& to, const std::string& at, std::vector<std::string> phrases) {
  std::string text = sound;
  const std::size_t begin = text.find(from);
  EXPECT_NE(begin, std::string::npos) << from;
  text.replace(begin, from.size(), to);
  if (at.empty()) return {text, "c.toml: ", std::move(phrases)};
  const std::size_t mark = text.find(at);
  EXPECT_NE(mark, std::string::npos) << at;
  const std::size_t line_start = text.rfind('\n', mark) + 1;
  const auto line = 1 + std::count(text.begin(), text.begin() + static_cast<std::ptrdiff_t>(mark), '\n');
  return {text, "c.toml:" + std::to_string(line) + ":" + std::to_string(mark - line_start + 1) + ": ", std::move(phrases)};
}
/// The sound configuration with lines added at its end; the mistake is where `at` stands.
Mistake added(const std::string& lines, const std::string& at, std::vector<std::string> phrases) {
  return instead("salience = [0.3, 0.2]\n[actors.south]", "salience = [0.3, 0.2]\n" + lines + "\n[actors.south]", at, std::move(phrases));
}

void expect_all(const std::vector<Mistake>& mistakes) {
  for (const Mistake& m : mistakes) {
    SCOPED_TRACE(m.text);
    expect_message(message_of(m.text), m.place, m.phrases);
  }
}

TEST(Errors, TheSoundOneIsSound) { EXPECT_EQ(message_of(sound), "no error"); }

TEST(Errors, Text) {
  expect_all({instead("\"A sound one\"", "A sound one", "A sound one", {"not valid TOML", "Correct the line"})});
  expect_message(message_of("title = \n"), "c.toml:1:", {"not valid TOML", "Correct the line"});
  expect_message(message_of("[a]\nx = 1\nx = 2\n"), "c.toml:3:", {"not valid TOML"});
  expect_message(message_of("x = 1979-05-27\n"), "c.toml:1:", {"no meaning", "Write a number"});
  expect_message(message_of("x = [{a = 1}]\n"), "c.toml:1:", {"no meaning", "Write a number"});
  expect_message(message_of(std::string(ConfigurationLimits::bytes + 1, ' ')), "c.toml: ", {"too large", "right file"});
  expect_message(message_of("\nx = " + std::string(100000, '[')), "c.toml:2: ", {"nested too deeply", "Flatten"});
  expect_message(message_of("x = " + std::string(20, '[') + std::string(20, ']')), "c.toml:1:", {"nested too deeply", "Flatten"});
  std::string deep = "a";
  for (int i = 0; i < 40; ++i) deep += ".a";
  expect_message(message_of(deep + " = 1\n"), "c.toml:1:", {"nested too deeply", "Flatten"});
  expect_message(message_of("[" + deep + "]\nx = 1\n"), "c.toml:1:", {"nested too deeply", "Flatten"});
  std::string many;
  for (std::size_t i = 0; i <= ConfigurationLimits::settings; ++i) many += "k" + std::to_string(i) + " = 1\n";
  expect_message(message_of(many), "c.toml:", {"more than 20000 settings", "smaller"});
  expect_message(message_of(""), "c.toml: ", {"too few issues", "Add tables"});
}

TEST(Errors, DeepDottedKeysDoNotOverflow) {
  std::string deep = "a";
  for (int i = 0; i < 200000; ++i) deep += ".a";
  EXPECT_NE(message_of(deep + " = 1\n"), "no error");
  EXPECT_NE(message_of("[" + deep + "]\n"), "no error");
}

TEST(Errors, Numbers) {
  expect_all({
      added("temprature = 0.1", "temprature", {"Unknown key actors.north.temprature", "no part reads it", "Did you mean actors.north.temperature?"}),
      added("[war]\ndrfit = 0", "drfit", {"Unknown key war.drfit", "Did you mean war.drift?"}),
      added("[mechanism]\nnorm = false", "norm = false", {"Unknown key mechanism.norm", "Did you mean mechanisms.norm?"}),
      added("[mechanisms]\nfaer = false", "faer", {"Unknown key mechanisms.faer", "Did you mean mechanisms.fear?"}),
      added("[mechanisms]\nfear = 0.5", "fear", {"mechanisms.fear is a switch", "Write true or false"}),
      added("cost = 3", "cost", {"actors.north.cost = 3 is out of bounds (", "). Write a number from 0 to 2"}),
      added("cost = -0.1", "cost", {"out of bounds", "Write a number from 0 to 2"}),
      added("cost = nan", "cost", {"out of bounds", "Write a number"}),
      added("cost = inf", "cost", {"out of bounds", "Write a number"}),
      added("cost = true", "cost", {"is not a number", "Write one"}),
      added("cost = \"much\"", "cost", {"is not a number", "Write one"}),
      added("cost = [0.1]", "cost", {"is not a number", "Write one"}),
      added("ideal = [0.1]", "ideal", {"actors.north.ideal has 1 values where 2 belong (one for each of land, shield). Write that many"}),
      added("ideal = 0.1", "ideal", {"has 1 values where 2 belong", "Write that many"}),
      added("ideal = [0.1, \"b\"]", "ideal", {"holds something that is not a number", "Write numbers only"}),
      added("ideal = [0.1, 1.1]", "ideal", {"actors.north.ideal.shield = 1.1 is out of bounds", "Write a number from 0 to 1"}),
      instead("salience = [0.3, 0.2]", "salience = [0.3, 0.2, 0.1]", "salience", {"has 3 values where 2 belong (one for each of land, shield)"}),
      added("linkage = [0.1, 0.1]", "linkage", {"has 2 values where 1 belong (one for each of both)"}),
      added("linkage = [0.25]", "linkage", {"actors.north.linkage", "not positive semidefinite", "smallest eigenvalue", "Make the linkage (both) no larger"}),
      added("[rounds]\nhorizon = 2.5", "horizon", {"rounds.horizon = 2.5 is not a whole number", "Write one"}),
      added("[run]\nseed = -1", "seed", {"run.seed is not a whole number from 0", "Write one"}),
      added("[run]\nruns = 0", "runs", {"run.runs is not a whole number from 1", "Write one"}),
      added("[store]\ntraces = 3", "traces", {"is not a list of up to 1000 run numbers", "Write for example"}),
      added("[store]\ntraces = [-1]", "traces", {"is no run number", "Write whole numbers"}),
      instead("title", "model = \"cards\"\ntitle", "model", {"model = \"cards\" is no model", "parley describe"}),
  });
}

TEST(Errors, Structure) {
  expect_all({
      instead("[actors.south]\nfights = true\nsalience = [0.3, 0.2]\n", "", "", {"too few actors (1 of at least 2)", "Add tables such as"}),
      instead("[rungs.deal]\nsettles = [\"land\", \"shield\"]\n", "", "", {"too few rungs", "Add tables such as"}),
      instead("settles = [\"land\", \"shield\"]", "value = 1", "", {"rungs.deal does not say what it settles", "Write settles = []"}),
      instead("settles = [\"land\", \"shield\"]", "settles = [\"land\", \"sheild\"]", "settles", {"names \"sheild\", which is not one of the issues (land, shield)", "Correct the name"}),
      instead("settles = [\"land\", \"shield\"]", "settles = \"land\"", "settles", {"is not a list of names", "Write for example"}),
      instead("settles = [\"land\", \"shield\"]", "settles = [1]", "settles", {"is not a list of names", "Write for example"}),
      instead("settles = [\"land\", \"shield\"]", "settles = [\"land\"]\nseats = []", "seats", {"is empty", "Name at least one actor"}),
      instead("settles = [\"land\", \"shield\"]", "settles = [\"land\"]\nseats = [\"west\"]", "seats", {"not one of the actors (north, south)", "Correct the name"}),
      instead("both = [\"land\", \"shield\"]", "both = [\"land\"]", "both", {"does not link two issues", "Write for example"}),
      instead("both = [\"land\", \"shield\"]", "both = [\"land\", \"land\"]", "both", {"does not link two issues", "Write for example"}),
      instead("both = [\"land\", \"shield\"]", "both = [\"land\", \"sea\"]", "both", {"names \"sea\"", "Correct the name"}),
      instead("moves_with_front = true", "moves_with_front = 1", "moves_with_front", {"neither true nor false", "Write true or false"}),
      instead("guarantee = \"up\"", "guarantee = \"upwards\"", "guarantee", {"is no direction", "Write \"up\" or \"down\""}),
      instead("guarantee = \"up\"", "moves_with_front = true", "moves_with_front = true\n[links]", {"land has that role already", "Remove one"}),
      instead("moves_with_front = true", "guarantee = \"down\"", "guarantee = \"up\"", {"land has that role already", "Remove one"}),
      instead("moves_with_front = true", "anchors = [[0, \"a\"], [2, \"b\"]]", "anchors", {"an anchor outside 0", "Move it inside"}),
      instead("moves_with_front = true", "anchors = [[0, \"a\", 1]]", "anchors", {"is not a list of anchors", "Write for example"}),
      instead("moves_with_front = true", "anchors = 3", "anchors", {"is not a list of anchors", "Write for example"}),
      instead("moves_with_front = true", "stream = 0", "stream", {"is no stream number", "whole number from 1 to 65535"}),
      instead("moves_with_front = true", "stream = 1.5", "stream", {"is no stream number", "whole number from 1 to 65535"}),
      instead("moves_with_front = true", "title = 3", "title = 3", {"is not a text", "Write it in quotes"}),
      added("mediates = true\n[actors.third]\nmediates = true", "mediates = true\n[actors.south]", {"actors.third.mediates", "north has that role already", "Remove one"}),
      added("energy = true\n[actors.third]\nenergy = true", "energy = true\n[actors.south]", {"north has that role already", "Remove one"}),
      instead("title", "protocol.kind = \"auction\"\ntitle", "kind", {"is no protocol", "Write \"mediator\" or \"alternating\""}),
      instead("title", "rounds.unit_days = 0\ntitle", "unit_days", {"out of bounds", "Write a number from 0.5 to 365"}),
      instead("[issues.land]", "[issues.\"la nd\"]", "moves_with_front", {"is no name", "Use letters, digits"}),
      instead("[issues.land]\nmoves", "[issues.land]\nstream = 2\nmoves", "", {"issues.land and issues.shield have the same stream number 2", "Give each its own"}),
      added("stream = 2", "", {"actors.north and actors.south have the same stream number 2", "Give each its own"}),
  });
  expect_message(message_of("protocol.kind = \"alternating\"\n" + sound + "[actors.third]\nfights = true\n"), "c.toml:1:",
                 {"exactly two actors with fights = true (there are 3)", "Change the roles or the protocol"});
  std::string peaceful = sound;
  for (std::size_t at; (at = peaceful.find("fights = true\n")) != std::string::npos;) peaceful.erase(at, 14);
  expect_message(message_of(peaceful), "c.toml: ", {"Nobody fights", "Give at least one actor fights = true"});
  std::string crowd = sound, agenda = sound, ladder = sound;
  for (int i = 0; i < 20; ++i) {
    crowd += "[actors.a" + std::to_string(i) + "]\ncost = 0.1\n";
    agenda += "[issues.k" + std::to_string(i) + "]\ntext = 0.1\n";
    ladder += "[rungs.r" + std::to_string(i) + "]\nsettles = []\n";
  }
  expect_message(message_of(crowd), "c.toml:", {"more than 16 actors", "Remove a14 or another"});
  expect_message(message_of(agenda), "c.toml:", {"more than 8 issues", "Remove k6 or another"});
  expect_message(message_of(ladder), "c.toml:", {"more than 8 rungs", "Remove r7 or another"});
}

TEST(Errors, ALadderNeedsADeal) {
  std::string text = sound;
  text.replace(text.find("settles = [\"land\", \"shield\"]"), 28, "settles = []");
  expect_message(message_of(text), "c.toml", {"settles"});
}

TEST(Errors, EmptyTablesAreNotDroppedInSilence) {
  const std::string text = sound + "[issues.sea]\n";
  const std::string message = message_of(text);
  if (message == "no error") {
    EXPECT_EQ(read_config(text, "c.toml", {}, &find_model).negotiation.structure.layout.n.issues, 3);
  }
}

TEST(Errors, Sweeps) {
  expect_all({
      added("[sweep]\naxes = { \"actors.north.csot\" = [0.1, 0.2] }", "\"actors.north.csot\"", {"Nothing reads the swept path actors.north.csot", "vary nothing", "Did you mean actors.north.cost?"}),
      added("[sweep]\naxes = { \"actors.north.ideal\" = [0.1, 0.2] }", "\"actors.north.ideal\"", {"Nothing reads the swept path actors.north.ideal", "Did you mean"}),
      added("[sweep]\naxes = { \"actors.north.cost\" = [0.1, 3] }", "\"actors.north.cost\"", {"The swept value 3 of actors.north.cost is out of bounds", "Write numbers from 0 to 2"}),
      added("[sweep]\naxes = { \"mechanisms.fear\" = [0, 2] }", "\"mechanisms.fear\"", {"The swept value 2 of mechanisms.fear", "true or false"}),
      added("[sweep]\naxes = { \"actors.north.cost\" = [] }", "\"actors.north.cost\"", {"is not a list of values to vary over", "Write for example"}),
      added("[sweep]\naxes = { \"actors.north.cost\" = 0.1 }", "\"actors.north.cost\"", {"is not a list of values", "Write for example"}),
      added("[sweep]\naxes = { \"actors.north.cost\" = [\"a\"] }", "\"actors.north.cost\"", {"not a number", "Write numbers"}),
      added("[sweep]\ndesign = \"random\"", "design", {"sweep.design is no design", "Write \"grid\""}),
      added("[sweep]\ndesign = \"grid\"", "design", {"The grid has no axes", "Add for example"}),
      added("[sweep]\ndesign = \"sobol\"", "design", {"sobol draws nothing", "Add for example"}),
      added("[sweep]\nsamples = 1", "samples", {"is not a whole number from 2", "Write one"}),
      added("[sweep]\nsmaples = 8", "smaples", {"Unknown key sweep.smaples", "Use design, samples, luck, axes or sample"}),
      added("[sweep.sample]\n\"actors.north.cost\" = { dist = \"uniform\", min = 0, max = 1 }", "dist", {"names no design", "Write design ="}),
      added("[sweep]\ndesign = \"sobol\"\naxes = { \"actors.north.cost\" = [0.1] }\n[sweep.sample]\n\"war.drift\" = { dist = \"uniform\", min = 0, max = 0.1 }",
            "\"actors.north.cost\"", {"does not read axes", "Choose design = \"grid\""}),
      added("[sweep]\ndesign = \"grid\"\naxes = { \"actors.north.cost\" = [0.1] }\n[sweep.sample]\n\"war.drift\" = { dist = \"uniform\", min = 0, max = 0.1 }",
            "dist", {"does not read [sweep.sample]", "Choose a sampled design"}),
      added("[sweep]\ndesign = \"sobol\"\n[sweep.sample]\n\"war.drift\" = { dist = \"gamma\", min = 0, max = 0.1 }", "dist", {"is no distribution", "Write \"uniform\""}),
      added("[sweep]\ndesign = \"sobol\"\n[sweep.sample]\n\"war.drift\" = { dist = \"normal\", mean = 0, var = 0.1 }", "var", {"Unknown key", "Use dist, min, max"}),
      added("[sweep]\ndesign = \"sobol\"\n[sweep.sample]\n\"war.drift\" = { dist = \"uniform\", min = 0.1, max = 0 }", "dist", {"The distribution of war.drift is empty", "Correct it"}),
      added("[sweep]\ndesign = \"sobol\"\n[sweep.sample]\n\"war.drift\" = { dist = \"normal\", mean = 0, sd = -1 }", "dist", {"is empty", "Correct it"}),
      added("[sweep]\ndesign = \"sobol\"\n[sweep.sample]\n\"war.drift\" = { dist = \"triangular\", min = 0, mode = 2, max = 1 }", "dist", {"is empty", "Correct it"}),
      added("[sweep]\ndesign = \"sobol\"\n[sweep.sample]\n\"war.drift\" = 3", "\"war.drift\"", {"is not a distribution", "Write for example"}),
      added("[sweep]\ndesign = \"sobol\"\n[sweep.sample]\n\"war.drfit\" = { dist = \"uniform\", min = 0, max = 0.1 }", "dist", {"Nothing reads the swept path war.drfit", "Did you mean war.drift?"}),
  });
}

TEST(Errors, TooManyCellsOrRuns) {
  std::string axis = "[0";
  for (int i = 1; i < 1000; ++i) axis += ", 0." + std::to_string(1000 + i);
  axis += "]";
  const std::string two = "\"actors.north.realism\" = " + axis + ", \"actors.south.realism\" = " + axis, sweep = sound + "[sweep]\naxes = { ";
  const Config config = read_config(sweep + two + ", \"actors.north.peace\" = " + axis + " }\n", "c.toml", {}, &find_model);
  expect_message(message_of([&] { Plan(config, 1, 1); }), "c.toml:", {"The sweep has 1000000000 cells", "the limit is", "Vary fewer"});
  const Config many = read_config(sweep + two + " }\n", "c.toml", {}, &find_model);
  EXPECT_EQ(message_of([&] { Plan(many, 1000, 1); }), "no error");
  expect_message(message_of([&] { Plan(many, 4294967295u, 1); }), "The plan has too many runs", {"Ask for fewer"});
}

TEST(Errors, Assignments) {
  const auto set = [](const std::string& assignment) { return message_of(sound, {assignment}); };
  EXPECT_EQ(set("actors.north.cost=0.1"), "no error");
  EXPECT_EQ(set("actors.north.ideal=[0.1, 0.2]"), "no error");
  EXPECT_EQ(set("actors.north.ideal.land=0.1"), "no error");
  EXPECT_EQ(set("title=just some words"), "no error");
  EXPECT_EQ(set("mechanisms.fear=false"), "no error");
  expect_message(set("actors.north.cost"), "--set actors.north.cost: ", {"no path=value", "Write for example"});
  expect_message(set("=3"), "--set =3: ", {"no path=value", "Write for example"});
  expect_message(set(""), "--set : ", {"no path=value", "Write for example"});
  expect_message(set("actors.north.csot=1"), "--set actors.north.csot=1: ", {"Unknown key actors.north.csot", "Did you mean actors.north.cost?"});
  expect_message(set("actors.north.cost=3"), "--set actors.north.cost=3: ", {"out of bounds", "Write a number from 0 to 2"});
  expect_message(set("actors.north.cost=cheap"), "--set actors.north.cost=cheap: ", {"is not a number"});
  expect_message(set("actors.north.cost="), "--set actors.north.cost=: ", {"is not a number"});
  expect_message(set("actors.north.ideal=[0.1]"), "--set actors.north.ideal=[0.1]: ", {"has 1 values where 2 belong"});
  expect_message(set("actors.north.cost=1\nb = 2"), "--set ", {"One setting holds one value"});
  expect_message(set("x=" + std::string(100000, '[')), "--set x=", {"nested too deeply"});
  for (const char* odd : {".=1", "..=1", "actors=1", "actors.=1", "actors.north=1", "issues.land=1", "rungs.deal=1", "links=1", "sweep=1", "sweep.axes=1", "sweep.sample=1",
                          "mechanisms=1", "run=1", "store=1", "model=1", "actors..cost=1", "protocol=1", "sweep.axes.war.drift=[0.0, 0.1]extra"})
    expect_message(set(odd), std::string("--set ") + odd + ": ", {});
  // Settings do not bring new actors, issues or rungs to the table: a name that is not there is a slip.
  expect_message(set("actors.suoth.cost=0.1"), "--set actors.suoth.cost=0.1: ", {"Unknown key actors.suoth.cost", "Did you mean actors.south.cost?"});
  expect_message(set("issues.lend.text=0.1"), "--set issues.lend.text=0.1: ", {"Unknown key issues.lend.text", "Did you mean issues.land.text?"});
  expect_message(set("rungs.dael.value=0.1"), "--set rungs.dael.value=0.1: ", {"Unknown key rungs.dael.value", "Did you mean rungs.deal.value?"});
  // A later setting overrides an earlier one, roles and directions too.
  const auto layout = [](const std::string& assignment) { return read_config(sound, "c.toml", {assignment}, &find_model).negotiation.structure.layout; };
  EXPECT_FALSE(layout("issues.land.moves_with_front=false").has_front());
  EXPECT_FALSE(layout("actors.north.fights=false").fights(Actor{0}));
  EXPECT_EQ(layout("issues.shield.guarantee=down").guarantee_direction, Direction::down);
  std::string read_down = sound;
  read_down.replace(read_down.find("[links]"), 7, "conquest = \"down\"\n[links]");
  EXPECT_FALSE(read_config(read_down, "c.toml", {"issues.shield.conquest=up"}, &find_model).negotiation.structure.layout.conquest_mirrored(Issue{1}));
}

TEST(Errors, SweptAxesCanBeSetOnTheCommandLine) {
  const Config config = read_config(sound, "c.toml", {"sweep.axes.war.drift=[0.0, 0.1]"}, &find_model);
  ASSERT_EQ(config.sweep.axes.size(), 1u);
  EXPECT_EQ(config.sweep.axes[0].path, "war.drift");
  EXPECT_EQ(config.sweep.axes[0].values, (std::vector<double>{0, 0.1}));
}

TEST(Errors, Kernels) {
  const Kernels none{.one = find_model("talks")->kernels.one, .portable = find_model("talks")->kernels.portable};
  expect_message(message_of([&] { choose_kernel(none, "avx2"); }), "--kernel avx2: ", {"no such kernel", "Use --kernel auto"});
  expect_message(message_of([&] { choose_kernel(none, "avx512"); }), "--kernel avx512: ", {"no such kernel", "Use --kernel auto"});
  expect_message(message_of([&] { choose_kernel(none, "gpu"); }), "--kernel gpu: ", {"no kernel of that name", "Use --kernel auto"});
  EXPECT_EQ(choose_kernel(none, "auto").name, "portable");
  EXPECT_EQ(choose_kernel(none, "one").play, none.one);
}

TEST(Errors, UnreadableFiles) {
  expect_message(message_of([] { load_configuration("/nowhere/c.toml", {}); }), "/nowhere/c.toml: ", {"cannot be opened", "Check the path"});
  expect_message(message_of([] { load_configuration(PARLEY_SOURCE_DIR, {}); }), PARLEY_SOURCE_DIR, {});
  EXPECT_NE(message_of([] { load_configuration(PARLEY_SOURCE_DIR, {}); }), "no error");
}

}  // namespace
}  // namespace parley
