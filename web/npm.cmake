# Packages from npm: exactly those of a package-lock.json, without running any of their scripts.

find_program(NPM npm)

# Puts what FOLDER/package-lock.json names into INTO/node_modules, when it is not there already. All build trees share
# it. Done while configuring, so that a machine which lacks npm or its registry hears so before anything is compiled.
function(contactd_npm_packages folder into)
  set(lock ${folder}/package-lock.json)
  set(installed ${into}/installed-lock.json)
  set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS ${lock})
  if(EXISTS ${installed})
    file(SHA256 ${lock} wanted_digest)
    file(SHA256 ${installed} installed_digest)
    if(wanted_digest STREQUAL installed_digest)
      return()
    endif()
  endif()
  if(NOT NPM)
    message(FATAL_ERROR "npm was not found, and ${into} does not hold the packages of ${lock} yet. "
                        "On Debian, scripts/install_packages installs npm.")
  endif()
  message(STATUS "Fetching the npm packages of ${lock}")
  file(COPY ${folder}/package.json ${lock} DESTINATION ${into})
  execute_process(COMMAND ${NPM} ci --ignore-scripts --no-audit --no-fund --no-update-notifier
                          --fetch-retries=2 --fetch-retry-mintimeout=1000 --fetch-retry-maxtimeout=5000
                  WORKING_DIRECTORY ${into} RESULT_VARIABLE failure OUTPUT_VARIABLE said ERROR_VARIABLE said)
  if(failure)
    message(FATAL_ERROR "npm could not fetch the packages of ${lock}; this is needed once, later builds find them in "
                        "${into}. It said:\n${said}")
  endif()
  file(COPY_FILE ${lock} ${installed})
endfunction()
