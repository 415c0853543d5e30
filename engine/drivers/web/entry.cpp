// What a page's script calls in the compiled module: three functions of plain numbers and bytes.
#include <cstdint>
#include <cstring>
#include <emscripten/emscripten.h>

#include "engine/drivers/web/facade.hpp"

namespace {

/// The facade and its last answer, whose bytes stay where they are until the next request.
struct Page {
  parley::Facade facade;
  parley::FacadeAnswer answer;
};

}  // namespace

extern "C" {

EMSCRIPTEN_KEEPALIVE Page* parley_open() { return new Page; }

/// Answers a request of `size` bytes.
EMSCRIPTEN_KEEPALIVE void parley_ask(Page* page, const char* request, std::size_t size) {
  page->answer = page->facade.answer({request, size});
}

/// Where the answer lies: its text (address, bytes) and its data (address, bytes).
EMSCRIPTEN_KEEPALIVE void parley_answer(const Page* page, std::uint32_t where[4]) {
  where[0] = static_cast<std::uint32_t>(reinterpret_cast<std::uintptr_t>(page->answer.text.data()));
  where[1] = static_cast<std::uint32_t>(page->answer.text.size());
  where[2] = static_cast<std::uint32_t>(reinterpret_cast<std::uintptr_t>(page->answer.data.data()));
  where[3] = static_cast<std::uint32_t>(page->answer.data.size());
}

}  // extern "C"
