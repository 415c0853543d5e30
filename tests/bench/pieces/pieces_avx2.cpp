#include "tests/bench/pieces/pieces.hpp"

namespace parley::bench {
Pieces pieces_avx2() { return PiecesOf<Pack<isa::Avx2, 1>>::table("avx2"); }
}  // namespace parley::bench
