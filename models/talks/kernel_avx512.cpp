// The peace talks model compiled for AVX-512.
#include "models/talks/packets.hpp"

namespace parley::talks {
void play_avx512(const Task& task) { play_task<Pack<isa::Avx512, 1>>(task); }
}  // namespace parley::talks
