# SPDX-License-Identifier: GPL-3.0-or-later
# SPDX-FileCopyrightText: 2026 The Telltale authors

# telltale_add_library(NAME [QT] [TORCH] [PUBLIC lib...] [PRIVATE lib...])
#   Makes the static library NAME from every .cpp and .h of the current folder (and its subfolders).
#   QT    runs moc and forbids implicit casts from char*
#   TORCH links LibTorch and switches Qt's keywords off, because torch uses the word `slots`
function(telltale_add_library name)
    cmake_parse_arguments(arg "QT;TORCH" "" "PUBLIC;PRIVATE" ${ARGN})
    file(GLOB_RECURSE sources CONFIGURE_DEPENDS *.cpp *.h)
    set(compiled ${sources})
    list(FILTER compiled INCLUDE REGEX "\\.cpp$")
    if(NOT compiled)
        add_library(${name} INTERFACE)
        target_include_directories(${name} INTERFACE ${PROJECT_SOURCE_DIR}/core ${PROJECT_SOURCE_DIR})
        target_link_libraries(${name} INTERFACE ${arg_PUBLIC})
        return()
    endif()
    add_library(${name} STATIC ${sources})
    target_include_directories(${name} PUBLIC ${PROJECT_SOURCE_DIR}/core ${PROJECT_SOURCE_DIR})
    target_link_libraries(${name} PUBLIC ${arg_PUBLIC} PRIVATE ${arg_PRIVATE} telltale_warnings)
    if(arg_QT)
        set_target_properties(${name} PROPERTIES AUTOMOC ON)
        target_compile_definitions(${name} PRIVATE QT_NO_CAST_FROM_ASCII QT_USE_QSTRINGBUILDER)
    endif()
    if(arg_TORCH)
        target_link_libraries(${name} PRIVATE torch)
        target_compile_definitions(${name} PRIVATE QT_NO_KEYWORDS)
    endif()
endfunction()

# telltale_add_test(NAME [QT] [LINK lib...] [LABELS label...])
#   Makes the program test_NAME from every .cpp of tests/NAME. GoogleTest by default; with QT each .cpp is a
#   QtTest program of its own, run offscreen.
function(telltale_add_test name)
    cmake_parse_arguments(arg "QT" "" "LINK;LABELS" ${ARGN})
    string(REPLACE "/" "_" target "test_${name}")
    file(GLOB sources CONFIGURE_DEPENDS ${CMAKE_CURRENT_SOURCE_DIR}/${name}/*.cpp)
    if(NOT sources)
        return()
    endif()
    if(arg_QT)
        foreach(source ${sources})
            get_filename_component(program ${source} NAME_WE)
            add_executable(${program} ${source})
            set_target_properties(${program} PROPERTIES AUTOMOC ON)
            target_link_libraries(${program} PRIVATE ${arg_LINK} Qt6::Test telltale_warnings)
            add_test(NAME gui.${program} COMMAND ${program})
            set_tests_properties(gui.${program} PROPERTIES LABELS "${arg_LABELS}" TIMEOUT 300
                ENVIRONMENT "QT_QPA_PLATFORM=offscreen")
        endforeach()
        return()
    endif()
    add_executable(${target} ${sources})
    target_link_libraries(${target} PRIVATE ${arg_LINK} telltale_warnings GTest::gtest GTest::gmock GTest::gtest_main)
    target_compile_definitions(${target} PRIVATE TELLTALE_SOURCE_DIR="${PROJECT_SOURCE_DIR}")
    gtest_discover_tests(${target} DISCOVERY_MODE PRE_TEST TEST_PREFIX "${name}."
        PROPERTIES LABELS "${arg_LABELS}" TIMEOUT 300)
endfunction()
