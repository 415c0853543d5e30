// The loop of every negotiation, whatever the model: read this first.
#pragma once

namespace parley {

/// Plays `game` to its end. A game is a model with the state of one negotiation (or of a packet of them); each round
/// nature moves, somebody tables a proposal, the others answer, all learn from the answers, and the result is settled.
template <class Game>
void play(Game& game) {
  while (!game.over()) {
    game.advance();
    const auto table = game.table();
    const auto answers = game.decide(table);
    game.learn(table, answers);
    game.settle(table, answers);
  }
}

}  // namespace parley
