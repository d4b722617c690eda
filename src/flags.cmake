# One set of flags for every target. Warnings are errors where SIGNALBOX_WERROR is on (CI sets it).

add_library(signalbox_flags INTERFACE)
target_include_directories(signalbox_flags INTERFACE ${CMAKE_SOURCE_DIR}/include)
target_compile_definitions(signalbox_flags INTERFACE
  _DEFAULT_SOURCE _XOPEN_SOURCE=700 G_LOG_DOMAIN="signalbox" SIGNALBOX_VERSION="${PROJECT_VERSION}")
target_compile_options(signalbox_flags INTERFACE
  -Wall -Wextra -Wpedantic -Wshadow -Wstrict-prototypes -Wmissing-prototypes -Wwrite-strings -Wformat=2 -Wvla
  -Wundef -Wcast-qual -Wswitch-enum
  # Const tables leave out what they do not say.
  -Wno-missing-field-initializers $<$<BOOL:${SIGNALBOX_WERROR}>:-Werror>)

if(SIGNALBOX_SANITIZE)
  target_compile_options(signalbox_flags INTERFACE -fsanitize=${SIGNALBOX_SANITIZE} -fno-omit-frame-pointer -g)
  target_link_options(signalbox_flags INTERFACE -fsanitize=${SIGNALBOX_SANITIZE})
endif()

if(CMAKE_BUILD_TYPE STREQUAL "Release")
  include(CheckIPOSupported)
  check_ipo_supported(RESULT SIGNALBOX_LTO OUTPUT ignored LANGUAGES C)
  set(CMAKE_INTERPROCEDURAL_OPTIMIZATION ${SIGNALBOX_LTO})
  if(SIGNALBOX_LTO AND CMAKE_C_COMPILER_ID STREQUAL "GNU")
    target_link_options(signalbox_flags INTERFACE -flto=auto)
  endif()
  set(CMAKE_C_FLAGS_RELEASE "-O2 -g")
  # G_DISABLE_ASSERT stays undefined: an assertion that fails must stop a console that writes to a database.
  target_compile_options(signalbox_flags INTERFACE -D_FORTIFY_SOURCE=2 -fstack-protector-strong)
  target_link_options(signalbox_flags INTERFACE -pie -Wl,-z,relro,-z,now -Wl,--as-needed)
endif()
