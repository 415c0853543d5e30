#include "tests/bench/pieces/pieces.hpp"

namespace parley::bench {
Pieces pieces_one() { return PiecesOf<double>::table("one"); }
Pieces pieces_portable() { return PiecesOf<Pack<isa::Portable, 2>>::table("portable"); }
}  // namespace parley::bench
