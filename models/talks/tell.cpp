// Tells one run round by round.
#include "models/talks/model.hpp"
#include "models/talks/told.hpp"

namespace parley::talks {

Transcript tell(const Task& task) {
  Told told(task);
  play(told);
  return std::move(told.transcript);
}

}  // namespace parley::talks
