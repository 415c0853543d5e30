#include "tests/bench/pieces/pieces.hpp"

namespace parley::bench {
Pieces pieces_avx512() { return PiecesOf<Pack<isa::Avx512, 1>>::table("avx512"); }
}  // namespace parley::bench
