#include "models/talks/model.hpp"

#include "models/talks/packets.hpp"

namespace parley::talks {

namespace {

/// The one list of switches: what each lifts when it is switched off, in the order in which analyses show them. The
/// parameters that belong to a mechanism name it in their own description.
const std::vector<Mechanism> mechanism_list = {
    {"loss_aversion", "loss aversion", "Territory and status that cannot be given back: losses on protected issues weigh more than gains.", true},
    {"fear", "distrust of the peace", "Guarantees that one side needs and the other opposes: a peace that may not last is worth less.", true},
    {"linkage", "linked issues", "Territory and guarantees are valued together, so neither can be settled on its own merits.", true},
    {"ratification", "ratification", "Publics have a vote: a deal that would not be ratified is not signed.", true},
    {"opinion", "opinion at home", "Leaderships value what their public thinks of a deal.", true},
    {"norm", "norm against conquest", "Rewarding conquest has a price for those who hold that rules decide.", true},
    {"optimism", "time is on our side", "Each side believes that the front will move its way.", true},
    {"attrition", "attrition and energy war", "The front moves, costs grow and the energy war bites while they talk.", true},
    {"leverage", "the mediator's leverage", "The mediator makes it costlier to go on without a deal.", true},
    {"seat", "third parties at the table", "Third parties sign, shape the text and stand behind the guarantee.", true},
    {"aspiration", "holding out", "Each side first demands more than it would settle for.", true},
    {"waiting", "the option to wait", "Who expects a better table later demands more of this one.", false},
    {"rearmament", "rearming in a truce", "A pause lets the sides rearm and shifts the war that follows.", false},
};

std::vector<DescribedParameter> describe() {
  std::vector<DescribedParameter> all;
  Describer describer(all);
  Parts<double> parts;
  parts.fields(describer);
  return all;
}

}  // namespace

void play_one(const Task& task) { play_task<double>(task); }

Model model() {
  Model m;
  m.name = "talks";
  m.meaning = "mediated peace talks between actors with publics, while a war goes on";
  m.parameters = describe();
  m.mechanisms = mechanism_list;
  for (const TermName& term : term_names) m.terms.push_back({term.name, term.sentence});
  m.kernels = {.one = &play_one, .portable = &play_portable, .avx2 = nullptr, .avx512 = nullptr};
  m.tell = &tell;
  m.sit = &sit;
  m.appraiser = &appraiser;
#ifdef PARLEY_X86
  m.kernels.avx2 = &play_avx2;
  m.kernels.avx512 = &play_avx512;
#endif
  return m;
}

}  // namespace parley::talks
