# Run by CPack over the tree that becomes a package: the manual and the changelog compressed as Debian
# wants them, and no time that tells when it was made.
set(tree ${CPACK_TEMPORARY_INSTALL_DIRECTORY})
file(GLOB_RECURSE files ${tree}/*)
list(FILTER files INCLUDE REGEX "/share/man/man[1-9]/|/share/doc/[^/]*/changelog\\.Debian$")
if(NOT files)
  message(FATAL_ERROR "no manual pages in ${tree}")
endif()
foreach(file IN LISTS files)
  execute_process(COMMAND gzip -9n ${file} COMMAND_ERROR_IS_FATAL ANY)
endforeach()
if(DEFINED ENV{SOURCE_DATE_EPOCH})
  execute_process(COMMAND find ${tree} -exec touch -hd @$ENV{SOURCE_DATE_EPOCH} {} +
                  COMMAND_ERROR_IS_FATAL ANY)
endif()
