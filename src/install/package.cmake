# The .deb: the program, its data and its manual, in one package. examples/package.sh makes it.
set(CPACK_GENERATOR DEB)
set(CPACK_PACKAGE_NAME levy)
set(CPACK_PACKAGE_CONTACT "$ENV{DEBFULLNAME} <$ENV{DEBEMAIL}>")
set(CPACK_COMPONENTS_ALL program debian)
set(CPACK_COMPONENTS_GROUPING ALL_COMPONENTS_IN_ONE)
set(CPACK_DEB_COMPONENT_INSTALL ON)
set(CPACK_PACKAGING_INSTALL_PREFIX /usr)
set(CPACK_STRIP_FILES ON)
set(CPACK_DEBIAN_FILE_NAME DEB-DEFAULT)
set(CPACK_DEBIAN_PACKAGE_RELEASE 1)
set(CPACK_DEBIAN_PACKAGE_SHLIBDEPS ON)
set(CPACK_DEBIAN_PACKAGE_RECOMMENDS tzdata)
set(CPACK_DEBIAN_PACKAGE_SECTION utils)
set(CPACK_PACKAGE_DESCRIPTION_SUMMARY "exact payment charges and limits from fee schedules")
set(CPACK_DEBIAN_PACKAGE_DESCRIPTION
    "levy computes what a payment, withdrawal or conversion costs, and whether an
account may make it, from fee schedules and limits in JSON. It quotes in a
terminal, charges and reconciles tables of millions of rows, and proves
whether a tariff is sound.

Amounts are exact: no binary floating point, and every rounding as the
schedule says.")
set(CPACK_PRE_BUILD_SCRIPTS ${PROJECT_SOURCE_DIR}/src/install/package_tree.cmake)

# What Debian wants to find beside it.
set(documents ${CMAKE_INSTALL_DATADIR}/doc/levy)
install(FILES ${PROJECT_SOURCE_DIR}/src/install/debian/copyright DESTINATION ${documents}
        COMPONENT debian EXCLUDE_FROM_ALL)
string(TIMESTAMP date "%a, %d %b %Y %H:%M:%S +0000" UTC)  # SOURCE_DATE_EPOCH, where it is set
configure_file(${PROJECT_SOURCE_DIR}/src/install/debian/changelog.in changelog.Debian
               @ONLY)
install(FILES ${PROJECT_BINARY_DIR}/changelog.Debian DESTINATION ${documents} COMPONENT debian
        EXCLUDE_FROM_ALL)
include(CPack)
