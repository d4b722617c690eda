# signalbox_embed(TARGET SYMBOL FILE...): puts text files into the program as a const table `SYMBOL` of
# {name, text, size} (include/base/embedded.h), ended by an entry without a name. A file's name is its
# name without the folder. GResource would do the same, but loading libgio costs 3 ms at every start.

function(signalbox_embed target symbol)
  set(output ${CMAKE_CURRENT_BINARY_DIR}/${symbol}.c)
  set(list ${CMAKE_CURRENT_BINARY_DIR}/${symbol}.list)
  string(REPLACE ";" "\n" lines "${ARGN}")
  file(GENERATE OUTPUT ${list} CONTENT "${lines}\n")
  add_custom_command(
    OUTPUT ${output}
    COMMAND ${CMAKE_COMMAND} -D SYMBOL=${symbol} -D LIST=${list} -D OUTPUT=${output}
      -P ${CMAKE_SOURCE_DIR}/src/embed_files.cmake
    DEPENDS ${ARGN} ${list} ${CMAKE_SOURCE_DIR}/src/embed_files.cmake
    VERBATIM)
  target_sources(${target} PRIVATE ${output})
endfunction()
