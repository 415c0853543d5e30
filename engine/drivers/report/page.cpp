#include "engine/drivers/report/page.hpp"

#include "engine/drivers/report/page_parts.hpp"

namespace parley {

namespace {

std::string base64_of_hex(const std::string& hex) {
  static constexpr char letters[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  std::string bytes, out;
  for (std::size_t i = 0; i + 1 < hex.size(); i += 2) bytes += static_cast<char>(std::stoi(hex.substr(i, 2), nullptr, 16));
  for (std::size_t i = 0; i < bytes.size(); i += 3) {
    const auto byte = [&](std::size_t j) { return j < bytes.size() ? static_cast<unsigned char>(bytes[j]) : 0u; };
    const unsigned three = byte(i) << 16 | byte(i + 1) << 8 | byte(i + 2);
    for (std::size_t j = 0; j < 4; ++j) out += i + j > bytes.size() ? '=' : letters[three >> (18 - 6 * j) & 63];
  }
  return out;
}

void replace(std::string& text, const std::string& mark, const std::string& with) {
  const std::size_t at = text.find(mark);
  if (at != std::string::npos) text.replace(at, mark.size(), with);
}

/// For the page's title, which stands outside the data.
std::string html_escaped(const std::string& text) {
  std::string out;
  for (const char c : text) {
    if (c == '&') out += "&amp;";
    else if (c == '<') out += "&lt;";
    else if (c == '>') out += "&gt;";
    else if (c == '"') out += "&quot;";
    else if (c == '{') out += "&#123;";  // nor a mark of the template
    else out += c;
  }
  return out;
}

/// JSON in which no text can end the block that it stands in.
std::string safe_json(const nlohmann::ordered_json& data) {
  const std::string plain = data.dump(-1, ' ', false, nlohmann::ordered_json::error_handler_t::replace);
  std::string out;
  out.reserve(plain.size());
  for (const char c : plain) {
    if (c == '<') out += "\\u003c";
    else out += c;
  }
  return out;
}

}  // namespace

std::string report_page(const nlohmann::ordered_json& data) {
  std::string policy = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; script-src", scripts;
  for (const PageScript& script : page_scripts()) {
    policy += " 'sha256-" + base64_of_hex(script.sha256) + "'";
    scripts += "<script>" + script.text + "</script>\n";
  }
  std::string page = page_template();
  // Once each and in the order of the template, so that nothing inside the data is taken for a mark.
  replace(page, "{{policy}}", policy);
  replace(page, "{{title}}", html_escaped(data.value("title", "parley")));
  replace(page, "{{style}}", page_style());
  const std::size_t split = page.find("{{data}}");
  return page.substr(0, split) + safe_json(data) + [&] {
    std::string rest = page.substr(split + 8);
    replace(rest, "{{scripts}}", scripts);
    return rest;
  }();
}

}  // namespace parley
