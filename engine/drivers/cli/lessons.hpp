// Which shipped configuration shows which theorem: for a teacher who looks for a lesson.
#pragma once

namespace parley {

struct Lesson {
  const char* configuration;
  const char* lesson;
  const char* theorem;
};

inline constexpr Lesson lessons[] = {
    {"configs/classroom/indivisible-territory.toml", "indivisible territory", "Fearon 1995, Powell 2006: no deal inside the range without lotteries or side payments"},
    {"configs/classroom/commitment-guarantee.toml", "commitment and guarantee", "Powell 2006: a peace that cannot be kept is not signed; a guarantee opens it"},
    {"configs/classroom/ratification.toml", "ratification", "Putnam 1988, Tarar 2001: a deal must lie in both win-sets"},
    {"configs/classroom/optimism.toml", "optimism on both sides", "Fearon 1995, Slantchev 2003: rival beliefs empty the range until fighting informs"},
    {"configs/classroom/linkage.toml", "linkage", "Tollison and Willett 1979: packages beat issues one by one"},
    {"configs/classroom/mediator-leverage.toml", "leverage", "leverage widens the bargaining range by what it adds to the cost of war (derived)"},
    {"configs/classroom/alternating-offers.toml", "alternating offers", "Rubinstein 1982, Stahl 1972: what the right to propose is worth"},
    {"configs/classroom/realism-lens.toml", "power or rules", "a norm against conquest as a price that realists do not pay (stylised)"},
    {"configs/classroom/truce-trap.toml", "the truce trap", "an easy truce takes the pressure off a settlement (stylised)"},
    {"configs/eum/emission.csv", "the challenge model", "Bueno de Mesquita 1994; Scholz, Calbert and Smith 2011 (parley eum)"},
    {"configs/saop/levels_domain.json", "automated negotiation", "Faratin, Sierra and Jennings 1998; Aydogan and others 2017 (parley saop)"},
    {"configs/backtest/compromise.csv", "which model predicts", "Achen 2006: the weighted mean is hard to beat (parley backtest)"},
};

}  // namespace parley
