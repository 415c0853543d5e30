// The peace talks model compiled for AVX2.
#include "models/talks/packets.hpp"

namespace parley::talks {
void play_avx2(const Task& task) { play_task<Pack<isa::Avx2, 1>>(task); }
}  // namespace parley::talks
