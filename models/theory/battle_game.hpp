// A war fought battle by battle over a line of forts, during which the sides bargain and learn; see war_walk.hpp.
//
// A is strong or weak in battle and knows which. Each round a battle is fought, then A demands what leaves B as well
// off as fighting on, if that is worth more to A than fighting on; B accepts if it believes so too. B learns from
// battles and, where offers teach, after its answer, from whether A prefers to fight on, which A does not feign
// [derived; Slantchev 2003 and Powell 2004 let both teach in equilibrium]. Where offers do not teach B is naive, and
// wars last longer. Fighting's value is to the end, with no later deal.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

namespace parley::theory {

enum class Talks { during_war, none };
enum class Teachers { battles, battles_and_offers };

struct BattleRules {
  long forts;
  long start;
  double win_if_strong, win_if_weak;  ///< A's chance in a battle
  double prior_strong;                ///< B's belief, and how types are drawn
  double discount = 1.0;              ///< a battle
  double cost = 0.0;                  ///< of a battle, to each side
  Talks talks = Talks::during_war;
  Teachers teachers = Teachers::battles_and_offers;
};

class BattleGame {
 public:
  struct Table {
    double demand;  ///< A's share; 2 where A would rather fight on, which nobody accepts
  };
  struct Answers {
    bool accepted;
  };
  struct Result {
    bool settled;
    bool strong;  ///< the type that was drawn
    bool a_won;   ///< on the field
    long battles, won;
    double share_a;
    double believed;  ///< B's last belief that A is strong
  };

  BattleGame(const BattleRules& rules, std::uint64_t seed, std::uint64_t replicate);

  bool over() const { return result_.has_value(); }
  void advance();
  Table table() const;
  Answers decide(const Table& table) const;
  void learn(const Table& table, const Answers& answers);
  void settle(const Table& table, const Answers& answers);

  const Result& result() const { return *result_; }

 private:
  /// What fighting on is worth to B at the present front, by its belief.
  double fighting_b() const;
  bool fights_on(bool strong) const;

  BattleRules rules_;
  std::uint64_t seed_, replicate_;
  long front_, battles_ = 0, won_ = 0;
  bool strong_ = false;
  double prior_, believed_;  ///< B's belief before any battle, by what offers taught, and with the battles
  std::vector<double> a_if_strong_, a_if_weak_, b_if_strong_, b_if_weak_;  ///< values of fighting on, by fort
  std::optional<Result> result_;
};

}  // namespace parley::theory
