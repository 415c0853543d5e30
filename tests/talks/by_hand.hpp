// The model's equations computed a second time, slowly: matrices and a general solver instead of sums over links, a
// posterior from all data at once instead of a filter, brute force instead of a parabola, bookkeeping from the rounds.
#pragma once

#include <Eigen/Dense>
#include <algorithm>
#include <cmath>
#include <map>
#include <numeric>

#include "tests/talks/trial.hpp"

namespace parley::trial {

/// Follows one transcript round by round and says where a number of it differs from the equations.
class ByHand {
 public:
  explicit ByHand(const Config& config) : s_(config.negotiation.structure), l_(s_.layout), terms_(config.negotiation.model->terms) {
    const std::vector<double> values = Plan(config, 1, 1).stated_values(0);
    for (const Entry& e : config.negotiation.catalog.entries()) at_[e.path] = values[e.slot];
    EXPECT_EQ(of("rounds.days"), s_.unit_days) << "the equations are computed for the unit round";
    n_ = l_.n.issues;
    for (int i = 0; i < l_.n.actors; ++i) {
      Eigen::MatrixXd a = vector_of(i, "salience").asDiagonal();
      for (int k = 0; k < l_.n.links; ++k) {
        const double linkage = actor(i, "linkage." + s_.links[k].name);
        a(l_.link_first[k], l_.link_second[k]) += linkage;
        a(l_.link_second[k], l_.link_first[k]) += linkage;
      }
      matrix_.push_back(a);
    }
  }

  void check(const Transcript& t) {
    reset();
    for (const RoundRecord& r : t.rounds) {
      SCOPED_TRACE("round " + std::to_string(r.round));
      nature(r);
      if (r.talking) talks(r);
      books(r);
      if (testing::Test::HasFailure()) return;
    }
    row(t.row);
  }

 private:
  struct Side {
    double accustomed = 0, prospect = 0, mood = 0, weight = 0, cost = 0, outlook = 0, fighting_on = 0, gain = 0;
    std::vector<double> blocked;
    int vetoes = 0;
  };

  double of(const std::string& path) const {
    const auto found = at_.find(path);
    EXPECT_NE(found, at_.end()) << path;
    return found == at_.end() ? NAN : found->second;
  }
  double actor(int i, const std::string& what) const { return of("actors." + s_.actors[i].name + "." + what); }
  double issue(int k, const std::string& what) const { return of("issues." + s_.issues[k].name + "." + what); }
  double rung(int r, const std::string& what) const { return of("rungs." + s_.rungs[r].name + "." + what); }
  Eigen::VectorXd vector_of(int i, const std::string& what) const {
    Eigen::VectorXd v(n_);
    for (int k = 0; k < n_; ++k) v[k] = actor(i, what + "." + s_.issues[k].name);
    return v;
  }
  static double logistic_of(double z) { return 1 / (1 + std::exp(-z)); }
  static void near(double told, double by_hand, const std::string& what) { EXPECT_NEAR(told, by_hand, 1e-9) << what; }

  double base(int i, const Eigen::VectorXd& x) const {
    const Eigen::VectorXd d = x - vector_of(i, "ideal");
    return actor(i, "stakes") * (1 - d.dot(matrix_[i] * d));
  }
  Eigen::VectorXd status(double front) const {
    Eigen::VectorXd x(n_);
    for (int k = 0; k < n_; ++k) x[k] = l_.is_front(Issue{k}) ? front : issue(k, "status_quo");
    return x;
  }
  double first_front() const { return l_.has_front() ? issue(l_.front_issue, "status_quo") : 0; }
  double drift_by_aid() const {
    double push = of("war.drift");
    for (int j = 0; j < l_.n.actors; ++j) push += of("war.aid_effect") * (actor(j, "aid") - actor(j, "aid_reference"));
    return push;
  }
  double rearming() const {
    double sum = 0;
    for (int j = 0; j < l_.n.actors; ++j) sum += actor(j, "rearmament");
    return sum;
  }
  double pressure() const {
    double sum = 0;
    for (int j = 0; j < l_.n.actors; ++j) sum += actor(j, "leverage");
    return sum;
  }
  bool has_seat(int i) const { return l_.fights(Actor{i}) || l_.mediates(Actor{i}) || actor(i, "seat") > 0; }
  bool alternating() const { return l_.protocol == ProtocolKind::alternating; }

  /// Posterior of the drift from the prior and every move seen so far, at once.
  double belief(int i) const {
    const double prior = drift_by_aid() + actor(i, "optimism"), sd = actor(i, "belief_sd"), noise = of("war.volatility");
    if (sd == 0 || moves_.empty()) return prior;
    if (noise == 0) return moves_.front();  // one move tells all, so nothing is learnt from the next
    const double sum = std::accumulate(moves_.begin(), moves_.end(), 0.0);
    return (prior / (sd * sd) + sum / (noise * noise)) / (1 / (sd * sd) + static_cast<double>(moves_.size()) / (noise * noise));
  }
  double outlook(int i, double drift) const {
    const double patience = std::pow(actor(i, "discount"), actor(i, "look_ahead"));
    const double ahead = std::clamp(front_ + drift * actor(i, "look_ahead"), 0.0, 1.0);
    return (1 - patience) * base(i, status(front_)) + patience * base(i, status(ahead));
  }

  void reset() {
    front_ = first_front();
    energy_ = of("war.energy_start");
    fighting_ = true, truce_ = false, rearmed_ = 0, in_force_ = -1, round_ = 0;
    moves_.clear();
    text_.resize(n_);
    for (int k = 0; k < n_; ++k) text_[k] = issue(k, "text");
    sides_.assign(l_.n.actors, {});
    estimate_.assign(l_.n.rungs, 0);
    for (int r = 0; r < l_.n.rungs; ++r) estimate_[r] = rung(r, "first_estimate");
    for (int i = 0; i < l_.n.actors; ++i) {
      sides_[i].accustomed = front_;
      sides_[i].prospect = base(i, status(front_));
      sides_[i].weight = actor(i, "mediation_weight");
      sides_[i].blocked.assign(terms_.size(), 0);
    }
    kept_ = RunRow{};
    last_ = nullptr;
  }

  void nature(const RoundRecord& r) {
    EXPECT_EQ(r.round, round_);
    EXPECT_EQ(r.fighting, fighting_);
    EXPECT_EQ(r.talking, fighting_ || truce_);
    if (truce_) rearmed_ += rearming();
    if (!fighting_) near(r.front, front_, "the front stands while something is in force");
    else if (l_.has_front()) {
      if (of("war.volatility") == 0) near(r.front, std::clamp(front_ + drift_by_aid() + rearmed_, 0.0, 1.0), "a front without noise");
      moves_.push_back(r.front - front_);
    }
    front_ = r.front;

    const double season = of("war.energy_season") * std::cos(2 * M_PI * (r.round * of("rounds.days") + 15) / 365);
    const double repaired = energy_ + of("war.energy_reversion") * (of("war.energy_mean") - season - energy_);
    if (!fighting_ || l_.energy_actor < 0) near(r.energy, std::clamp(repaired, of("war.energy_floor"), 1.0), "energy without strikes");
    energy_ = r.energy;

    for (int i = 0; i < l_.n.actors; ++i) {
      Side& side = sides_[i];
      side.accustomed += actor(i, "reference_adaptation") * (front_ - side.accustomed);
      const bool dark = fighting_ && energy_ < 0.5;
      const double moved = (fighting_ ? actor(i, "weariness") : 0) - (dark ? actor(i, "rally") : 0);
      if (r.round > 0 && actor(i, "mood_noise") == 0) near(r.actors[i].mood, side.mood + moved, "a mood without noise");
      side.mood = r.actors[i].mood;

      double war = actor(i, "cost") + actor(i, "cost_growth") * r.round;
      if (i == l_.energy_actor) war += of("war.energy_cost") * (1 - energy_);
      side.cost = war * (truce_ ? 1 - actor(i, "truce_saving") : 1) + actor(i, "leverage");
      side.outlook = outlook(i, belief(i));
      side.fighting_on = side.outlook - side.cost;
      near(r.actors[i].fighting_on, side.fighting_on, "value of fighting on, " + s_.actors[i].name);
    }
  }

  void redraft(const RoundRecord& r) {
    Eigen::MatrixXd a = 1e-6 * Eigen::MatrixXd::Identity(n_, n_);
    Eigen::VectorXd b = 0.5e-6 * Eigen::VectorXd::Ones(n_);  // what nobody cares about goes to the middle, from either end
    int turn = 0;
    for (int i = 0; i < l_.n.actors; ++i) {
      near(r.actors[i].weight, sides_[i].weight, "weight in the text, " + s_.actors[i].name);
      double w = has_seat(i) ? sides_[i].weight : 0;
      if (alternating()) {
        w = l_.fights(Actor{i}) ? sides_[i].weight : 0;
        if (l_.fights(Actor{i}) && r.round % 2 == turn++) w *= of("protocol.tilt");
      }
      const Eigen::MatrixXd pull = w * actor(i, "stakes") * matrix_[i];
      a += pull;
      b += pull * vector_of(i, "ideal");
    }
    const Eigen::VectorXd best = a.fullPivLu().solve(b);
    for (int k = 0; k < n_; ++k) {
      text_[k] += of("mediator.inertia") * (std::clamp(best[k], 0.0, 1.0) - text_[k]);
      near(r.text[k], text_[k], "text on " + s_.issues[k].name);
    }
  }

  void talks(const RoundRecord& r) {
    redraft(r);
    ASSERT_GE(r.rung, 0);
    const bool truce = l_.settles[r.rung] == 0;
    EXPECT_FALSE(truce && truce_) << "a truce is tabled while one holds";
    const double share = static_cast<double>(l_.settled_count(Rung{r.rung})) / n_;
    const auto settles = [&](int k) { return l_.settles_issue(Rung{r.rung}, Issue{k}); };
    Eigen::VectorXd x = status(front_);
    double reward = 1, quality = 0;
    bool conquest = false;
    for (int k = 0; k < n_; ++k) {
      if (settles(k)) x[k] = text_[k];
      near(r.package[k], x[k], "package on " + s_.issues[k].name);
      if (!l_.reads_conquest(Issue{k})) continue;
      conquest = conquest || settles(k);
      reward *= std::max(0.0, 1 - (l_.conquest_mirrored(Issue{k}) ? 1 - x[k] : x[k]) / issue(k, "conquest_reference"));
    }
    if (!conquest) reward = 0;
    if (const int g = l_.guarantee_issue; g >= 0 && settles(g))
      for (int j = 0; j < l_.n.actors; ++j)
        if (has_seat(j)) quality += (l_.guarantee_direction == Direction::up ? x[g] : 1 - x[g]) * actor(j, "credibility");
    const double hazard = of("durability.base_hazard") *
                          std::exp(-of("durability.guarantee_effect") * quality + of("durability.pressure_effect") * pressure() +
                                   of("durability.openness_effect") * (1 - share));
    near(r.hazard, hazard, "hazard");
    near(r.survival, std::exp(-5 * hazard), "survival");
    order_ = 1 - reward;

    const double hope = std::accumulate(estimate_.begin(), estimate_.end(), 0.0) / l_.n.rungs;
    for (int i = 0; i < l_.n.actors; ++i) {
      SCOPED_TRACE(s_.actors[i].name);
      Side& side = sides_[i];
      const double support = logistic_of(side.mood + vector_of(i, "response").dot(x - references()));
      const double ratification = truce ? 1 : logistic_of((support - actor(i, "ratification_threshold")) / actor(i, "ratification_width"));
      near(r.actors[i].support, support, "support");
      near(r.actors[i].ratification, ratification, "ratification");

      double loss = 0;
      for (int k = 0; k < n_; ++k) {
        const double reference = l_.is_front(Issue{k}) ? side.accustomed : issue(k, "status_quo");
        if (settles(k)) loss += actor(i, "protects." + s_.issues[k].name) * std::max(0.0, actor(i, "side") * (reference - x[k]));
      }
      const double lasting = std::min(365 / of("rounds.days") / std::max(hazard, 1e-9), actor(i, "look_ahead"));
      const double distrust = actor(i, "fear") * (truce ? actor(i, "truce_fear") : 1) * (1 - std::exp(-5 * hazard));
      const std::map<std::string, double> expected = {
          {"substance", base(i, x) + actor(i, "peace") - side.outlook},
          {"truce_cost", truce ? -(1 - actor(i, "truce_saving")) * side.cost : 0},
          {"loss_aversion", -actor(i, "loss_aversion") * loss},
          {"conquest_norm", -actor(i, "norm") * (1 - actor(i, "realism")) * reward},
          {"fragile_peace", -distrust},
          {"rearmament", truce ? (1 - std::exp(-5 * hazard)) * (outlook(i, belief(i) + rearming() * lasting) - side.outlook) : 0},
          {"public_opinion", truce ? 0 : actor(i, "opinion_worth") * (support - 0.5)},
          {"aspiration", -actor(i, "aspiration") * std::exp(-r.round / actor(i, "aspiration_decay")) * share},
          {"waiting", -actor(i, "waiting") * (1 - std::exp(-hope * actor(i, "look_ahead"))) * std::max(0.0, side.prospect - side.fighting_on)},
          {"ratification", 0},
      };
      ASSERT_EQ(expected.size(), terms_.size());
      double value = base(i, x) + actor(i, "peace"), demands = 0;
      for (std::size_t t = 0; t < terms_.size(); ++t) {
        const std::string name = terms_[t].name;
        near(r.actors[i].terms[t], expected.at(name), name);
        if (name == "aspiration" || name == "waiting") demands += expected.at(name);
        else if (name != "substance") value += expected.at(name);
      }
      near(r.actors[i].utility, value, "value of the package");
      side.gain = value - side.fighting_on + demands;
      near(r.actors[i].gain, side.gain, "gain");
    }
  }
  Eigen::VectorXd references() const {
    Eigen::VectorXd x(n_);
    for (int k = 0; k < n_; ++k) x[k] = issue(k, "opinion_reference");
    return x;
  }

  /// Who answered how, what followed from it, and what is kept of the round.
  void books(const RoundRecord& r) {
    bool accepted = r.talking;
    double heaviest = INFINITY;
    int who = -1, why = -1;
    for (int i = 0; i < l_.n.actors && r.talking; ++i) {
      const ActorRound& a = r.actors[i];
      const bool seated = (alternating() ? l_.fights(Actor{i}) : l_.seats_actor(Rung{r.rung}, Actor{i})) && has_seat(i);
      EXPECT_EQ(a.seated, seated);
      EXPECT_EQ(a.agrees, a.leadership && a.ratifies);
      accepted = accepted && (!seated || a.agrees);
      const auto least = std::min_element(a.terms.begin(), a.terms.end());
      double weight = std::min(0.0, *least);
      int term = weight < 0 ? static_cast<int>(least - a.terms.begin()) : 0;
      const double foreseen = of("ratification.anticipated") > 0 ? a.ratification : 1;
      const double expected = foreseen * a.gain - (1 - foreseen) * actor(i, "audience_cost");
      if (a.leadership || (a.gain > 0 && expected <= 0)) term = static_cast<int>(terms_.size()) - 1, weight = -(1 - a.ratification);
      EXPECT_EQ(a.worst_term, term) << s_.actors[i].name;
      if (!seated || a.agrees) continue;
      ++kept_.vetoes[i];
      if (weight < heaviest) heaviest = weight, who = i, why = term;
    }
    if (who >= 0) ++sides_[who].blocked[why];
    EXPECT_EQ(r.signed_now, accepted);
    kept_.rounds_talked = static_cast<std::uint16_t>(kept_.rounds_talked + r.talking);

    const double days = of("rounds.days");
    const auto now = static_cast<std::uint16_t>(r.round);
    EXPECT_FALSE(r.collapsed && (fighting_ || accepted)) << "only what was in force before can collapse";
    if (accepted) {
      const bool truce = l_.settles[r.rung] == 0;
      if (fighting_) since_ = r.round;
      if (truce && kept_.truce_round == never) kept_.truce_round = now;
      if (!truce && kept_.deal_round == never) kept_.deal_round = now;
      in_force_ = r.rung, fighting_ = false, truce_ = truce;
      hazard_ = r.hazard, kept_order_ = order_, agreed_ = r.package;
    } else if (r.collapsed) {
      ++kept_.relapses;
      fighting_ = true, truce_ = false, in_force_ = -1;
    }
    if (!fighting_ && kept_.ceasefire_round == never && (r.round - since_) * days >= 30) kept_.ceasefire_round = static_cast<std::uint16_t>(since_);
    if (r.talking) {
      last_ = &r;
      learn(r, accepted);
    }
    ++round_;
    decided_ = r.decided;
    EXPECT_EQ(r.decided, of("war.decisive") > 0 && r.fighting && l_.has_front() && (r.front <= 0 || r.front >= 1));
  }

  void learn(const RoundRecord& r, bool accepted) {
    double total = 0, biases = 0;
    for (int i = 0; i < l_.n.actors; ++i) {
      Side& side = sides_[i];
      const double limit = of("mediator.step_limit"), change = std::clamp(-of("mediator.step") * side.gain, -limit, limit);
      side.weight = std::clamp(side.weight * std::exp(change), of("mediator.weight_low"), of("mediator.weight_high"));
      total += side.weight, biases += actor(i, "mediation_weight");
      side.prospect += of("waiting.memory") * (r.actors[i].utility - side.prospect);
    }
    for (Side& side : sides_) side.weight *= biases / total;
    estimate_[r.rung] += of("mediator.smoothing") * ((accepted ? 1 : 0) - estimate_[r.rung]);
  }

  void row(const RunRow& row) {
    EXPECT_TRUE(round_ == static_cast<int>(of("rounds.horizon")) || decided_);
    const bool truce = truce_ && !fighting_, deal = !truce_ && !fighting_;
    const double survival = std::exp(-5 * hazard_);
    const bool full = deal && l_.settled_count(Rung{in_force_}) == n_ && survival >= of("durability.threshold");
    EXPECT_EQ(row.scenario, full ? Scenario::full_settlement : deal ? Scenario::partial_deal : Scenario::stalemate);
    EXPECT_EQ(row.stalemate_kind, deal ? StalemateKind::none : truce ? StalemateKind::truce
                                  : kept_.relapses > 0 ? StalemateKind::relapsed : StalemateKind::fighting);
    EXPECT_EQ(row.truce_round, kept_.truce_round);
    EXPECT_EQ(row.ceasefire_round, kept_.ceasefire_round);
    EXPECT_EQ(row.deal_round, kept_.deal_round);
    EXPECT_EQ(row.relapses, kept_.relapses);
    EXPECT_EQ(row.rounds_talked, kept_.rounds_talked);
    EXPECT_EQ(row.military_end, !decided_ ? 0 : front_ <= 0 ? 1 : 2);
    EXPECT_FLOAT_EQ(row.front, static_cast<float>(front_));
    EXPECT_FLOAT_EQ(row.energy, static_cast<float>(energy_));
    const bool in_force = !fighting_;
    EXPECT_EQ(row.rung, in_force ? in_force_ : nobody);
    EXPECT_EQ(std::isnan(row.hazard), !in_force);
    EXPECT_EQ(std::isnan(row.survival), !in_force);
    EXPECT_FLOAT_EQ(row.order_index, in_force ? static_cast<float>(kept_order_) : 1.0f);
    if (in_force) {
      EXPECT_FLOAT_EQ(row.hazard, static_cast<float>(hazard_));
      EXPECT_FLOAT_EQ(row.survival, static_cast<float>(survival));
    }
    for (int k = 0; k < n_; ++k) {
      EXPECT_EQ(std::isnan(row.package[k]), !in_force);
      if (in_force) {
        EXPECT_FLOAT_EQ(row.package[k], static_cast<float>(agreed_[k]));
      }
    }
    double most = 0;
    for (int i = 0; i < l_.n.actors; ++i) {
      EXPECT_EQ(row.vetoes[i], kept_.vetoes[i]) << s_.actors[i].name;
      EXPECT_FLOAT_EQ(row.utility[i], static_cast<float>(last_->actors[i].utility));
      EXPECT_FLOAT_EQ(row.approval[i], static_cast<float>(last_->actors[i].support));
      most = std::max(most, *std::max_element(sides_[i].blocked.begin(), sides_[i].blocked.end()));
    }
    if (most == 0) EXPECT_EQ(row.blocking_actor, nobody);
    else {
      ASSERT_LT(row.blocking_actor, l_.n.actors);
      EXPECT_EQ(sides_[row.blocking_actor].blocked[row.blocking_term], most);
    }
  }

  const Structure& s_;
  const Layout& l_;
  const std::vector<DecisionTerm>& terms_;
  int n_ = 0;
  std::map<std::string, double> at_;
  std::vector<Eigen::MatrixXd> matrix_;

  double front_ = 0, energy_ = 0, rearmed_ = 0, hazard_ = 0, order_ = 1, kept_order_ = 1;
  bool fighting_ = true, truce_ = false, decided_ = false;
  int in_force_ = -1, since_ = 0, round_ = 0;
  std::vector<double> moves_, text_, estimate_, agreed_;
  std::vector<Side> sides_;
  RunRow kept_;
  const RoundRecord* last_ = nullptr;
};

}  // namespace parley::trial
