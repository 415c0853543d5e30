#include "engine/drivers/store/journal_format.hpp"

#include <algorithm>
#include <map>
#include <string_view>

#include "engine/drivers/store/digest.hpp"
#include "engine/drivers/store/packer.hpp"
#include "engine/drivers/store/store_error.hpp"

namespace parley {
namespace {

using Bytes = std::vector<std::byte>;

constexpr std::string_view file_mark = "PARLEYJ1";
constexpr std::string_view record_mark = "PLYBLOCK";
constexpr std::uint64_t max_header_bytes = std::uint64_t{64} << 20;

void append_text(Bytes& bytes, std::string_view text) {
  for (const char c : text) bytes.push_back(static_cast<std::byte>(c));
}

void append_u32(Bytes& bytes, std::uint32_t value) {
  for (unsigned i = 0; i < 4; ++i) bytes.push_back(static_cast<std::byte>(value >> (8 * i)));
}

std::uint32_t decode_u32(std::span<const std::byte> bytes) {
  std::uint32_t value = 0;
  for (unsigned i = 0; i < 4; ++i) value |= std::to_integer<std::uint32_t>(bytes[i]) << (8 * i);
  return value;
}

bool starts_with(std::span<const std::byte> bytes, std::string_view mark) {
  return bytes.size() >= mark.size() &&
         std::equal(mark.begin(), mark.end(), bytes.begin(), [](char c, std::byte b) { return std::byte(c) == b; });
}

std::string describe(const Column& column) {
  std::string text = "type " + std::to_string(static_cast<int>(column.type)) + ", width " +
                     std::to_string(column.width) + ", dimension " + column.dimension + ":";
  for (const std::string& position : column.positions) text += " " + position;
  text += ", labels";
  for (const auto& [name, value] : column.labels) text += " " + name + "=" + std::to_string(value);
  if (column.missing) text += ", missing " + std::to_string(*column.missing);
  return text;
}

/// A body is a list of texts, name and value in turn, each after its u32 length; absent where it is not.
std::optional<HeaderLines> parse_body(std::span<const std::byte> body) {
  std::vector<std::string> texts;
  while (!body.empty()) {
    if (body.size() < 4) return std::nullopt;
    const std::uint32_t length = decode_u32(body);
    body = body.subspan(4);
    if (length > body.size()) return std::nullopt;
    texts.emplace_back(reinterpret_cast<const char*>(body.data()), length);
    body = body.subspan(length);
  }
  if (texts.size() % 2 != 0) return std::nullopt;
  HeaderLines lines;
  for (std::size_t i = 0; i < texts.size(); i += 2) lines.emplace_back(texts[i], texts[i + 1]);
  return lines;
}

std::string shortened(const std::string& text) { return text.size() <= 80 ? text : text.substr(0, 77) + "..."; }

}  // namespace

std::string text_of(const Fact& fact) {
  if (const auto* text = std::get_if<std::string>(&fact.value)) return *text;
  if (const auto* number = std::get_if<std::int64_t>(&fact.value)) return std::to_string(*number);
  if (const auto* number = std::get_if<std::uint64_t>(&fact.value)) return std::to_string(*number);
  return std::to_string(std::get<double>(fact.value));
}

HeaderLines header_lines(const RunLayout& layout, const Facts& identity) {
  HeaderLines lines;
  for (const Fact& fact : identity) lines.emplace_back(fact.name, text_of(fact));
  lines.emplace_back("rows of a block", std::to_string(layout.block_rows));
  lines.emplace_back("compression", layout.compression == Compression::gzip ? "gzip" : "none");
  for (const Column& column : layout.columns) lines.emplace_back("column " + column.name, describe(column));
  return lines;
}

Bytes encode_header(const HeaderLines& lines) {
  Bytes body;
  for (const auto& line : lines) {
    for (const std::string& text : {line.first, line.second}) {
      append_u32(body, static_cast<std::uint32_t>(text.size()));
      append_text(body, text);
    }
  }
  if (body.size() > max_header_bytes) {
    throw StoreError("The journal cannot be started", "the facts that identify the run are too long", "Shorten them.");
  }
  Bytes header;
  append_text(header, file_mark);
  append_u64(header, body.size());
  header.insert(header.end(), body.begin(), body.end());
  append_u64(header, digest_of(header));
  return header;
}

std::optional<ReadHeader> read_header(const File& file) {
  const std::uint64_t size = file.size();
  Bytes start(std::min<std::uint64_t>(size, 16));
  file.read_at(0, start);
  const StoreError unknown("Cannot read " + file.path(), "it is not a journal of this version of parley",
                           "Give --force to start afresh, or another name.");
  const std::size_t seen = std::min<std::size_t>(start.size(), file_mark.size());
  if (!starts_with(start, file_mark.substr(0, seen))) throw unknown;
  if (size < 16) return std::nullopt;
  const std::uint64_t body = decode_u64(std::span(start).subspan(8));
  if (body > max_header_bytes) throw unknown;
  if (size < 16 + body + 8) return std::nullopt;
  Bytes header(16 + body + 8);
  file.read_at(0, header);
  const std::span<const std::byte> whole(header);
  if (digest_of(whole.first(16 + body)) != decode_u64(whole.last(8))) throw unknown;
  std::optional<HeaderLines> lines = parse_body(whole.subspan(16, body));
  if (!lines) throw unknown;
  return ReadHeader{*lines, header.size()};
}

std::string differences(const HeaderLines& there, const HeaderLines& wanted) {
  std::map<std::string, std::pair<std::string, std::string>> both;
  for (const auto& [name, value] : there) both[name].first = value;
  for (const auto& [name, value] : wanted) both[name].second = value;
  std::string text;
  for (const auto& [name, values] : both) {
    if (values.first == values.second) continue;
    if (!text.empty()) text += "; ";
    text += name + ": " + (values.first.empty() ? "nothing" : shortened(values.first)) + " there, " +
            (values.second.empty() ? "nothing" : shortened(values.second)) + " asked for";
  }
  return text;
}

std::uint64_t RecordHead::payload_bytes() const {
  std::uint64_t sum = 0;
  for (const std::uint64_t bytes : stored_bytes) sum += bytes;
  return sum;
}

std::size_t record_head_bytes(std::size_t columns) { return 8 + 8 + 4 + 4 + 16 * columns + 8; }

Bytes encode_record_head(const PackedBlock& block) {
  Bytes head;
  head.reserve(record_head_bytes(block.columns.size()));
  append_text(head, record_mark);
  append_u64(head, block.first_row);
  append_u32(head, block.rows);
  append_u32(head, static_cast<std::uint32_t>(block.columns.size()));
  for (const PackedColumn& column : block.columns) {
    append_u64(head, column.stored.size());
    append_u64(head, column.digest);
  }
  append_u64(head, digest_of(head));
  return head;
}

std::optional<RecordHead> decode_record_head(std::span<const std::byte> bytes, const std::vector<Column>& columns) {
  if (bytes.size() != record_head_bytes(columns.size()) || !starts_with(bytes, record_mark)) return std::nullopt;
  if (digest_of(bytes.first(bytes.size() - 8)) != decode_u64(bytes.last(8))) return std::nullopt;
  RecordHead head;
  head.first_row = decode_u64(bytes.subspan(8));
  head.rows = decode_u32(bytes.subspan(16));
  if (decode_u32(bytes.subspan(20)) != columns.size() || head.rows == 0 || head.rows > max_block_rows ||
      head.first_row > UINT64_MAX - head.rows) {
    return std::nullopt;
  }
  for (std::size_t i = 0; i < columns.size(); ++i) {
    head.stored_bytes.push_back(decode_u64(bytes.subspan(24 + 16 * i)));
    head.digests.push_back(decode_u64(bytes.subspan(32 + 16 * i)));
    if (head.stored_bytes.back() > packed_bound(columns[i].row_bytes() * head.rows)) return std::nullopt;
  }
  return head;
}

std::uint64_t decode_u64(std::span<const std::byte> bytes) {
  std::uint64_t value = 0;
  for (unsigned i = 0; i < 8; ++i) value |= std::to_integer<std::uint64_t>(bytes[i]) << (8 * i);
  return value;
}

void append_u64(Bytes& bytes, std::uint64_t value) {
  for (unsigned i = 0; i < 8; ++i) bytes.push_back(static_cast<std::byte>(value >> (8 * i)));
}

}  // namespace parley
