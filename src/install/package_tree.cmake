# Run by CPack over the tree that becomes a package: compressed as Debian wants, and with times that
# do not tell when it was made.
file(GLOB_RECURSE pages ${CPACK_TEMPORARY_INSTALL_DIRECTORY}/*/share/man/*.[157]
     ${CPACK_TEMPORARY_INSTALL_DIRECTORY}/*/share/doc/*/changelog)
foreach(page IN LISTS pages)
  execute_process(COMMAND gzip -9n ${page} COMMAND_ERROR_IS_FATAL ANY)
endforeach()
file(GLOB_RECURSE logs ${CPACK_TEMPORARY_INSTALL_DIRECTORY}/*/changelog.gz)
foreach(log IN LISTS logs)
  cmake_path(GET log PARENT_PATH folder)
  file(RENAME ${log} ${folder}/changelog.Debian.gz)
endforeach()
if(DEFINED ENV{SOURCE_DATE_EPOCH})
  execute_process(COMMAND find ${CPACK_TEMPORARY_INSTALL_DIRECTORY} -exec touch -hd
                          @$ENV{SOURCE_DATE_EPOCH} {} +
                  COMMAND_ERROR_IS_FATAL ANY)
endif()
