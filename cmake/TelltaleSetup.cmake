# SPDX-License-Identifier: GPL-3.0-or-later
# SPDX-FileCopyrightText: 2026 The Telltale authors
# Language level, warnings, sanitizers and the libraries that the layers ask for.
set(CMAKE_CXX_STANDARD 20)
set(CMAKE_CXX_STANDARD_REQUIRED ON)
set(CMAKE_CXX_EXTENSIONS OFF)
set(CMAKE_POSITION_INDEPENDENT_CODE ON)
set(CMAKE_EXPORT_COMPILE_COMMANDS ON)
if(NOT CMAKE_BUILD_TYPE)
    set(CMAKE_BUILD_TYPE Release)
endif()

find_program(CCACHE_PROGRAM ccache)
if(CCACHE_PROGRAM)
    # Without these two ccache passes by every file that uses a precompiled header.
    set(CMAKE_CXX_COMPILER_LAUNCHER
        ${CMAKE_COMMAND} -E env CCACHE_SLOPPINESS=pch_defines,time_macros ${CCACHE_PROGRAM})
    set(CMAKE_C_COMPILER_LAUNCHER ${CCACHE_PROGRAM})
endif()

add_library(telltale_warnings INTERFACE)
# GCC 12 sees overlapping copies in std::string's operator+ where there are none (GCC bug 105651): -Wno-restrict.
target_compile_options(telltale_warnings INTERFACE -Wall -Wextra -Wshadow -Wnon-virtual-dtor -Wno-restrict
    $<$<BOOL:${TELLTALE_WERROR}>:-Werror>)

if(TELLTALE_SANITIZE)
    string(REPLACE ";" "," sanitizers "${TELLTALE_SANITIZE}")
    add_compile_options(-fsanitize=${sanitizers} -fno-omit-frame-pointer -fno-sanitize-recover=all)
    add_link_options(-fsanitize=${sanitizers})
endif()

find_package(Threads REQUIRED)
find_package(nlohmann_json REQUIRED)
find_package(Torch REQUIRED)
# at::parallel_for() is in LibTorch's headers: compiled without OpenMP it is a plain loop. The thread sanitizer does not
# know GCC's OpenMP and would report its barriers.
if(NOT TELLTALE_SANITIZE MATCHES "thread")
    find_package(OpenMP COMPONENTS CXX)
endif()

# Debian's LibTorch takes whatever libblas.so.3 the system has chosen. With OpenBLAS's pthread variant two pools of
# threads fight for the same cores, and products in parallel loops wait for each other (four to five times slower on two cores,
# telltale-cli bench skeleton). So the programs name the OpenMP variant, which shares LibTorch's own pool; the loader
# then takes it for LibTorch too. A LibTorch from elsewhere brings its own.
add_library(telltale_blas INTERFACE)
set(blas_folder /usr/lib/${CMAKE_LIBRARY_ARCHITECTURE}/openblas-openmp)
if(TORCH_LIBRARY MATCHES "^/usr/lib/" AND EXISTS ${blas_folder}/libblas.so.3 AND EXISTS ${blas_folder}/libopenblas.so.0)
    target_link_libraries(telltale_blas INTERFACE -Wl,--push-state,--no-as-needed
        ${blas_folder}/libblas.so.3 ${blas_folder}/libopenblas.so.0 -Wl,--pop-state)
    target_link_options(telltale_blas INTERFACE -Wl,-rpath,${blas_folder})
endif()
# Debian's Torch package puts its flags on every target of the directory; the layers ask for the target instead.
if(TELLTALE_MEDIA)
    find_package(PkgConfig REQUIRED)
    find_package(ZLIB REQUIRED)
    find_package(pugixml REQUIRED)
    find_package(HDF5 REQUIRED COMPONENTS C)
    find_package(SQLite3 3.37 REQUIRED)
    find_package(Qt6 6.4 REQUIRED COMPONENTS Core Gui Sql Concurrent)
    find_package(OpenCV 4.6 REQUIRED COMPONENTS core imgproc dnn)
    pkg_check_modules(LIBAV REQUIRED IMPORTED_TARGET libavdevice libavformat libavcodec libavutil libswresample)
    find_library(YUV_LIBRARY yuv REQUIRED)
    qt_standard_project_setup()
    set(CMAKE_AUTOMOC OFF) # asked for per target: LibTorch's headers and moc do not go together
    set(CMAKE_AUTOUIC OFF)
    if(TELLTALE_GUI)
        find_package(Qt6 6.4 REQUIRED COMPONENTS Widgets LinguistTools Multimedia Svg)
        find_package(QCustomPlotQt6 REQUIRED)
    endif()
endif()
