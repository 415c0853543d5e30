# parley_page_parts(FOLDER OUT): compiles the report page in. Writes sources into the build folder and lists them in OUT.
include(${CMAKE_CURRENT_LIST_DIR}/../validate/embed_text.cmake)

function(parley_page_parts folder out)
  set(scripts vendor/d3.min.js vendor/plot.umd.min.js page/elements.js page/charts.js page/sections.js page/sections_of_verbs.js page/report.js)
  parley_embed_text(${folder}/page/page.html page_template)
  parley_embed_text(${folder}/page/page.css page_style)
  set(sources ${CMAKE_CURRENT_BINARY_DIR}/page_template.cpp ${CMAKE_CURRENT_BINARY_DIR}/page_style.cpp)
  set(declared "")
  set(listed "")
  foreach(script ${scripts})
    string(REGEX REPLACE "[^a-z0-9]" "_" name "script_${script}")
    parley_embed_text(${folder}/${script} ${name})
    list(APPEND sources ${CMAKE_CURRENT_BINARY_DIR}/${name}.cpp)
    file(SHA256 ${folder}/${script} digest)  # the page's content policy allows these scripts and no others
    string(APPEND declared "std::string ${name}();\n")
    string(APPEND listed "      {${name}(), \"${digest}\"},\n")
  endforeach()
  file(CONFIGURE OUTPUT ${CMAKE_CURRENT_BINARY_DIR}/page_scripts.cpp @ONLY CONTENT
"// Generated: the scripts of the report page in order.
#include \"engine/drivers/report/page_parts.hpp\"

namespace parley {

@declared@
std::vector<PageScript> page_scripts() {
  return {
@listed@  };
}

}  // namespace parley
")
  set(${out} ${sources} ${CMAKE_CURRENT_BINARY_DIR}/page_scripts.cpp PARENT_SCOPE)
endfunction()
