# What levy --version --json tells, compiled into src/cli/version.cpp alone.
set(commit "")
find_package(Git QUIET)
if(GIT_FOUND)
  execute_process(COMMAND ${GIT_EXECUTABLE} -C ${PROJECT_SOURCE_DIR} rev-parse --show-prefix HEAD
                  OUTPUT_VARIABLE told ERROR_QUIET OUTPUT_STRIP_TRAILING_WHITESPACE)
  # Only where the clone is levy's own, not one that holds an unpacked copy.
  if(told MATCHES "^\n([0-9a-f]+)$")
    set(commit ${CMAKE_MATCH_1})
    execute_process(COMMAND ${GIT_EXECUTABLE} -C ${PROJECT_SOURCE_DIR} rev-parse
                            --path-format=absolute --git-path logs/HEAD
                    OUTPUT_VARIABLE log OUTPUT_STRIP_TRAILING_WHITESPACE)
    if(EXISTS ${log})
      set_property(DIRECTORY ${PROJECT_SOURCE_DIR} APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS ${log})
    endif()
  endif()
endif()

string(JOIN "," libraries "Boost ${Boost_VERSION}" "CLI11 ${CLI11_VERSION}" "date ${date_VERSION}"
       "nlohmann/json ${nlohmann_json_VERSION}" "pugixml ${pugixml_VERSION}"
       "simdjson ${simdjson_VERSION}")
file(RELATIVE_PATH data_from_program ${CMAKE_INSTALL_FULL_BINDIR} ${CMAKE_INSTALL_FULL_DATADIR}/levy)
set_source_files_properties(src/cli/version.cpp PROPERTIES SKIP_UNITY_BUILD_INCLUSION ON
                            COMPILE_DEFINITIONS "LEVY_COMMIT=\"${commit}\";\
LEVY_LIBRARIES=\"${libraries}\";LEVY_DATA_FROM_PROGRAM=\"${data_from_program}\";\
LEVY_DATA_DIR=\"${CMAKE_INSTALL_FULL_DATADIR}/levy\"")
