# cmake -D COMPILER=… -D FLAGS=…;… -D ROOT=… -P headers_alone.cmake
# Compiles every header alone: who includes one must not have to know what else it needs.

file(GLOB_RECURSE headers ${ROOT}/include/*.h ${ROOT}/src/*.h)
set(failed 0)
list(LENGTH headers count)
foreach(header IN LISTS headers)
  file(RELATIVE_PATH name ${ROOT} ${header})
  string(REGEX MATCH "^src/[a-z]+" room ${name})
  execute_process(
    COMMAND ${COMPILER} ${FLAGS} -I${ROOT}/include -I${ROOT}/${room} -Werror -fsyntax-only -x c -include ${header} /dev/null
    RESULT_VARIABLE result ERROR_VARIABLE error)
  if(NOT result EQUAL 0)
    math(EXPR failed "${failed} + 1")
    message("${name} does not compile alone:\n${error}")
  endif()
endforeach()
if(failed OR NOT count)
  message(FATAL_ERROR "${failed} of ${count} headers do not compile alone")
endif()
message("${count} headers compile alone")
