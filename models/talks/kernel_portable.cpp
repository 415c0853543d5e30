// The peace talks model compiled for any processor.
#include "models/talks/packets.hpp"

namespace parley::talks {
void play_portable(const Task& task) { play_task<Pack<isa::Portable, 2>>(task); }
}  // namespace parley::talks
