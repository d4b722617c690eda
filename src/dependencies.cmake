# Every library the program is built from, with the oldest version that is known to work and the
# Debian package that brings it. A missing one ends the configuration with a sentence that says what to do.

find_package(PkgConfig QUIET)
if(NOT PKG_CONFIG_FOUND)
  message(FATAL_ERROR "pkg-config is missing: './run setup' installs it and everything else that is needed")
endif()

function(signalbox_require target module version package)
  pkg_check_modules(${target} IMPORTED_TARGET GLOBAL QUIET "${module}>=${version}")
  if(NOT ${target}_FOUND)
    message(FATAL_ERROR
      "${module} ${version} or newer is missing (Debian package ${package}): "
      "'./run setup' installs it and everything else that is needed")
  endif()
endfunction()

signalbox_require(GLIB glib-2.0 2.74 libglib2.0-dev)
signalbox_require(GMODULE gmodule-2.0 2.74 libglib2.0-dev)
signalbox_require(LIBPQ libpq 15 libpq-dev)
signalbox_require(JANSSON jansson 2.14 libjansson-dev)
signalbox_require(SODIUM libsodium 1.0.18 libsodium-dev)
signalbox_require(LIBEDIT libedit 3.1 libedit-dev)
signalbox_require(NCURSES ncursesw 6.4 libncurses-dev)
signalbox_require(PANEL panelw 6.4 libncurses-dev)
signalbox_require(CMOCKA cmocka 1.1.5 libcmocka-dev)
signalbox_require(VTERM vterm 0.1.4 libvterm-dev)

find_library(PG_QUERY_LIBRARY pg_query)
find_path(PG_QUERY_INCLUDE pg_query.h)
if(NOT PG_QUERY_LIBRARY OR NOT PG_QUERY_INCLUDE)
  message(FATAL_ERROR
    "libpg_query 15 is missing (Debian package libpg-query-dev): "
    "'./run setup' installs it and everything else that is needed")
endif()
find_package(Threads REQUIRED)

# ncurses' own pkg-config flags define _XOPEN_SOURCE to an older value than ours.
set_target_properties(PkgConfig::NCURSES PkgConfig::PANEL PROPERTIES INTERFACE_COMPILE_OPTIONS "")
