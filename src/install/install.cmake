# cmake --install: the program with its data, manual and completions; and the libraries with their
# headers, as pkg-config and CMake find them.

# The headers that FILE includes, itself and theirs, relative to src/.
function(levy_headers_of file out)
  set(found ${${out}})
  if(NOT file IN_LIST found)
    list(APPEND found ${file})
    file(STRINGS ${PROJECT_SOURCE_DIR}/src/${file} includes REGEX "^#include \"")
    foreach(include IN LISTS includes)
      string(REGEX REPLACE "^#include \"(.*)\"" "\\1" include ${include})
      levy_headers_of(${include} found)
    endforeach()
  endif()
  set(${out} ${found} PARENT_SCOPE)
endfunction()

# ---- the program -------------------------------------------------------------------------------

install(TARGETS levy_program COMPONENT program)
install(DIRECTORY ${PROJECT_SOURCE_DIR}/schedules/
        DESTINATION ${CMAKE_INSTALL_DATADIR}/levy/schedules COMPONENT program)
foreach(section 1 5 7)
  file(GLOB pages CONFIGURE_DEPENDS ${PROJECT_SOURCE_DIR}/man/*.${section})
  install(FILES ${pages} DESTINATION ${CMAKE_INSTALL_MANDIR}/man${section} COMPONENT program)
endforeach()

# What the program itself prints, so that what is installed is the same.
file(MAKE_DIRECTORY ${PROJECT_BINARY_DIR}/printed)
function(levy_installs_printed destination name)  # ... words of the program
  set(file ${PROJECT_BINARY_DIR}/printed/${name})
  add_custom_command(OUTPUT ${file} DEPENDS levy_program VERBATIM
                     COMMAND sh -c "\"$@\" >\"$0\"" ${file} $<TARGET_FILE:levy_program> ${ARGN})
  set_property(DIRECTORY APPEND PROPERTY LEVY_PRINTED ${file})
  install(FILES ${file} DESTINATION ${CMAKE_INSTALL_DATADIR}/${destination} COMPONENT program)
endfunction()
levy_installs_printed(levy schedule.schema.json schema schedule)
levy_installs_printed(levy rates.schema.json schema rates)
levy_installs_printed(levy mapping.schema.json schema mapping)
# Where the shells look for the completions of installed programs.
set(LEVY_ZSH_DIR zsh/site-functions CACHE STRING "where zsh looks, below the data directory")
levy_installs_printed(bash-completion/completions levy completion bash)
levy_installs_printed(${LEVY_ZSH_DIR} _levy completion zsh)
levy_installs_printed(fish/vendor_completions.d levy.fish completion fish)
get_property(printed DIRECTORY PROPERTY LEVY_PRINTED)
add_custom_target(levy_printed ALL DEPENDS ${printed})

# ---- the libraries -----------------------------------------------------------------------------

set(headers)
levy_headers_of(levy.h headers)
foreach(header IN LISTS headers)
  cmake_path(GET header PARENT_PATH folder)
  install(FILES ${PROJECT_SOURCE_DIR}/src/${header}
          DESTINATION ${CMAKE_INSTALL_INCLUDEDIR}/levy/${folder} COMPONENT library)
endforeach()
install(FILES ${PROJECT_SOURCE_DIR}/src/levy_c.h DESTINATION ${CMAKE_INSTALL_INCLUDEDIR}/levy
        COMPONENT c_library)
install(TARGETS levy EXPORT levy_targets COMPONENT library)
install(TARGETS levy_c EXPORT levy_targets COMPONENT c_library)

include(CMakePackageConfigHelpers)
set(package ${CMAKE_INSTALL_LIBDIR}/cmake/levy)
install(EXPORT levy_targets NAMESPACE levy:: FILE levy-targets.cmake DESTINATION ${package}
        COMPONENT library)
configure_file(${PROJECT_SOURCE_DIR}/src/install/levy-config.cmake.in levy-config.cmake @ONLY)
# Before 1.0 the face may change with each minor version.
write_basic_package_version_file(levy-config-version.cmake COMPATIBILITY SameMinorVersion)
install(FILES ${PROJECT_BINARY_DIR}/levy-config.cmake
              ${PROJECT_BINARY_DIR}/levy-config-version.cmake
        DESTINATION ${package} COMPONENT library)
file(RELATIVE_PATH levy_pc_prefix ${CMAKE_INSTALL_FULL_LIBDIR}/pkgconfig ${CMAKE_INSTALL_PREFIX})
foreach(name levy levy_c)
  configure_file(${PROJECT_SOURCE_DIR}/src/install/${name}.pc.in ${name}.pc @ONLY)
endforeach()
install(FILES ${PROJECT_BINARY_DIR}/levy.pc DESTINATION ${CMAKE_INSTALL_LIBDIR}/pkgconfig
        COMPONENT library)
install(FILES ${PROJECT_BINARY_DIR}/levy_c.pc DESTINATION ${CMAKE_INSTALL_LIBDIR}/pkgconfig
        COMPONENT c_library)
