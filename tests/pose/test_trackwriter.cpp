// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "base/files.h"
#include "base/npy.h"
#include "pose/readers/zipfile.h"
#include "pose/tracks/npzstream.h"
#include "pose/tracks/trackwriter.h"
#include "posefiles.h"
#include <fcntl.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/wait.h>

using namespace telltale;
using testing::HasSubstr;

namespace {

constexpr int kPoints = 14;
const TrackIdentity kIdentity{"model a, video b, stride 1", "mobile14", kPoints};

std::vector<PosePoint> personAt(float x) { return std::vector<PosePoint>(kPoints, PosePoint{x, 10, 0.5F}); }

/// Frame f: person 7 always, person 3 in every third frame, at places that tell who and when it is.
std::vector<PersonRow> peopleAt(int64_t frame)
{
    std::vector<PersonRow> people{{7, personAt(700 + static_cast<float>(frame))}};
    if (frame % 3 == 0)
        people.push_back({3, personAt(300 + static_cast<float>(frame))});
    return people;
}

void expectRows(const std::filesystem::path& file, int64_t rows)
{
    const auto track = readTrack(file);
    ASSERT_TRUE(track.ok()) << track.error().message;
    const PoseTrack& written = *track;
    ASSERT_EQ(written.rows(), rows);
    ASSERT_EQ(written.persons, 2);
    EXPECT_EQ(written.layout, "mobile14");
    for (int64_t row = 0; row < rows; ++row) {
        EXPECT_EQ(written.frames[static_cast<size_t>(row)], row);
        EXPECT_EQ(written.at(row, 0)[13].x, 700 + static_cast<float>(row));
        EXPECT_EQ(written.at(row, 1)[0].x, row % 3 == 0 ? 300 + static_cast<float>(row) : 0);
    }
}

/// Runs `work` in a program of its own that ends without any clean-up, as if it were killed.
template <typename Work> void inDyingProgram(const Work& work)
{
    const pid_t child = ::fork();
    if (child == 0) {
        work();
        ::_exit(0);
    }
    int status = 0;
    ASSERT_EQ(::waitpid(child, &status, 0), child);
    ASSERT_TRUE(WIFEXITED(status) && WEXITSTATUS(status) == 0);
}

} // namespace

TEST(TrackWriter, PersonsThatComeLaterGetTheirPlaceAndWhoIsSeenMostIsFirst)
{
    const ScratchFolder folder("writer");
    auto writer = TrackWriter::open(folder / "t.npz", kIdentity);
    ASSERT_TRUE(writer.ok()) << writer.error().message;
    for (int64_t frame = 0; frame < 10; ++frame)
        ASSERT_TRUE(writer->append(frame, peopleAt(frame)).ok());
    const auto finished = writer->finish();
    ASSERT_TRUE(finished.ok()) << finished.error().message;
    EXPECT_EQ(finished->rows, 10);
    EXPECT_EQ(finished->persons, 2);
    expectRows(folder / "t.npz", 10);
    EXPECT_FALSE(std::filesystem::exists(unfinishedRows(folder / "t.npz")));
    EXPECT_FALSE(writer->append(11, {}).ok());
}

TEST(TrackWriter, SameAsWritingTheWholeTrackAtOnce)
{
    const ScratchFolder folder("bytes");
    const PoseTrack track = randomTrack(40, 1, 9);
    auto writer = TrackWriter::open(folder / "rows.npz", {"x", track.layout, track.pointCount});
    ASSERT_TRUE(writer.ok());
    for (int64_t row = 0; row < track.rows(); ++row) {
        const PersonRow person{0, {track.at(row, 0), track.at(row, 0) + track.pointCount}};
        ASSERT_TRUE(writer->append(row, std::span(&person, 1)).ok());
    }
    ASSERT_TRUE(writer->finish().ok());
    ASSERT_TRUE(writeTrack(folder / "whole.npz", track).ok());
    EXPECT_EQ(*readFile(folder / "rows.npz"), *readFile(folder / "whole.npz"));
}

TEST(TrackWriter, GoesOnWhereAKilledProgramStopped)
{
    const ScratchFolder folder("killed");
    inDyingProgram([&] {
        auto writer = TrackWriter::open(folder / "t.npz", kIdentity);
        for (int64_t frame = 0; frame < 50; ++frame)
            if (!writer->append(frame, peopleAt(frame)).ok())
                ::_exit(1);
    });
    EXPECT_FALSE(std::filesystem::exists(folder / "t.npz"));
    auto writer = TrackWriter::open(folder / "t.npz", kIdentity);
    ASSERT_TRUE(writer.ok()) << writer.error().message;
    EXPECT_EQ(writer->rows(), 50);
    ASSERT_EQ(writer->lastFrame(), 49);
    int64_t visited = 0;
    ASSERT_TRUE(writer
                    ->replay([&](int64_t frame, std::span<const PersonRow> people) {
                        EXPECT_EQ(frame, visited++);
                        EXPECT_EQ(people.size(), peopleAt(frame).size());
                    })
                    .ok());
    EXPECT_EQ(visited, 50);
    for (int64_t frame = 50; frame < 60; ++frame)
        ASSERT_TRUE(writer->append(frame, peopleAt(frame)).ok());
    ASSERT_TRUE(writer->finish().ok());
    expectRows(folder / "t.npz", 60);
}

TEST(TrackWriter, AtEveryCutOfTheRowsTheCompleteOnesAreKept)
{
    const ScratchFolder folder("cuts");
    const auto rows = unfinishedRows(folder / "t.npz");
    {
        auto writer = TrackWriter::open(folder / "t.npz", kIdentity);
        for (int64_t frame = 0; frame < 3; ++frame)
            ASSERT_TRUE(writer->append(frame, peopleAt(frame)).ok());
    }
    const std::string whole = *readFile(rows);
    int64_t before = 0;
    for (size_t cut = 0; cut <= whole.size(); ++cut) {
        folder.write("t.npz.rows", whole.substr(0, cut));
        auto writer = TrackWriter::open(folder / "t.npz", kIdentity);
        ASSERT_TRUE(writer.ok()) << writer.error().message;
        EXPECT_GE(writer->rows(), before);
        EXPECT_EQ(writer->lastFrame(), writer->rows() - 1);
        before = writer->rows();
    }
    EXPECT_EQ(before, 3);
}

TEST(TrackWriter, ADamagedByteDropsItsRowAndThoseBehind)
{
    const ScratchFolder folder("damage");
    {
        auto writer = TrackWriter::open(folder / "t.npz", kIdentity);
        for (int64_t frame = 0; frame < 4; ++frame)
            ASSERT_TRUE(writer->append(frame, peopleAt(frame)).ok());
    }
    const std::string whole = *readFile(unfinishedRows(folder / "t.npz"));
    const size_t header = whole.find("ROW1");
    ASSERT_NE(header, std::string::npos);
    for (size_t i = 0; i < whole.size(); ++i) {
        std::string damaged = whole;
        damaged[i] = static_cast<char>(damaged[i] ^ 0x21);
        folder.write("t.npz.rows", damaged);
        auto writer = TrackWriter::open(folder / "t.npz", kIdentity);
        ASSERT_TRUE(writer.ok()) << writer.error().message;
        EXPECT_LT(writer->rows(), 4) << "byte " << i;
        for (int64_t frame = writer->rows(); frame < 4; ++frame)
            ASSERT_TRUE(writer->append(frame, peopleAt(frame)).ok());
        EXPECT_EQ(*readFile(unfinishedRows(folder / "t.npz")), whole) << "byte " << i;
    }
}

TEST(TrackWriter, RowsOfAnotherModelOrVideoAreNotTakenOver)
{
    const ScratchFolder folder("other");
    {
        auto writer = TrackWriter::open(folder / "t.npz", kIdentity);
        ASSERT_TRUE(writer->append(0, peopleAt(0)).ok());
    }
    auto writer = TrackWriter::open(folder / "t.npz", {"model c", "mobile14", kPoints});
    ASSERT_TRUE(writer.ok());
    EXPECT_EQ(writer->rows(), 0);
    EXPECT_EQ(writer->lastFrame(), -1);
}

TEST(TrackWriter, TwoProgramsDoNotWriteTheSameTrack)
{
    const ScratchFolder folder("two");
    auto writer = TrackWriter::open(folder / "t.npz", kIdentity);
    ASSERT_TRUE(writer.ok());
    const auto second = TrackWriter::open(folder / "t.npz", kIdentity);
    ASSERT_FALSE(second.ok());
    EXPECT_EQ(second.error().code, ErrorCode::Conflict);
    EXPECT_THAT(second.error().message, HasSubstr("t.npz"));
    writer->discard();
    EXPECT_FALSE(std::filesystem::exists(unfinishedRows(folder / "t.npz")));
    EXPECT_TRUE(TrackWriter::open(folder / "t.npz", kIdentity).ok());
}

TEST(TrackWriter, ABadRowIsRefusedAndNothingOfItStays)
{
    const ScratchFolder folder("bad");
    auto writer = TrackWriter::open(folder / "t.npz", kIdentity);
    ASSERT_TRUE(writer->append(5, peopleAt(5)).ok());
    const std::vector<PersonRow> few{{0, std::vector<PosePoint>(13)}};
    const std::vector<PersonRow> twice{{1, personAt(1)}, {1, personAt(2)}};
    EXPECT_FALSE(writer->append(6, few).ok());
    EXPECT_FALSE(writer->append(6, twice).ok());
    EXPECT_FALSE(writer->append(5, peopleAt(5)).ok());
    EXPECT_EQ(writer->rows(), 1);
    std::vector<PersonRow> odd{{7, personAt(1)}};
    odd[0].points[2].x = NAN;
    odd[0].points[3].score = -1;
    ASSERT_TRUE(writer->append(6, odd).ok());
    ASSERT_TRUE(writer->finish().ok());
    const auto track = readTrack(folder / "t.npz");
    ASSERT_TRUE(track.ok()) << track.error().message;
    const PoseTrack& written = *track;
    EXPECT_EQ(written.at(1, 0)[2], PosePoint{});
    EXPECT_EQ(written.at(1, 0)[3], PosePoint{});
    EXPECT_EQ(written.at(1, 0)[4].x, 1);
}

TEST(TrackWriter, NobodyAtAllIsATrackOfOneWhoIsNeverSeen)
{
    const ScratchFolder folder("nobody");
    auto writer = TrackWriter::open(folder / "t.npz", kIdentity);
    for (int64_t frame = 0; frame < 3; ++frame)
        ASSERT_TRUE(writer->append(frame, {}).ok());
    const auto finished = writer->finish();
    ASSERT_TRUE(finished.ok());
    EXPECT_EQ(finished->persons, 1);
    const auto track = readTrack(folder / "t.npz");
    ASSERT_TRUE(track.ok()) << track.error().message;
    EXPECT_EQ(track->rows(), 3);
    EXPECT_EQ(track->points, PointBuffer(std::vector<PosePoint>(3 * kPoints)));
}

TEST(TrackWriter, OfTooManyPersonsThoseSeenMostStay)
{
    const ScratchFolder folder("crowd");
    auto writer = TrackWriter::open(folder / "t.npz", kIdentity);
    for (int64_t frame = 0; frame < 20; ++frame) {
        std::vector<PersonRow> people;
        for (int who = static_cast<int>(frame); who < 20; ++who) // 0 is seen once, 19 in all frames
            people.push_back({who, personAt(static_cast<float>(who))});
        ASSERT_TRUE(writer->append(frame, people).ok());
    }
    const auto finished = writer->finish();
    ASSERT_TRUE(finished.ok());
    EXPECT_EQ(finished->persons, TrackWriter::kMostPersons);
    EXPECT_EQ(finished->left, 4);
    const auto track = readTrack(folder / "t.npz");
    const PoseTrack& written = *track;
    EXPECT_EQ(written.at(0, 0)[0].x, 19);
    EXPECT_EQ(written.at(0, 15)[0].x, 4);
}

TEST(MappedTrack, OnlyTheRowsThatAreLookedAtComeFromTheDisk)
{
    const ScratchFolder folder("mapped");
    constexpr int64_t kRows = 100'000;
    PoseTrack track;
    track.persons = 1;
    track.pointCount = kPointCount;
    for (int64_t row = 0; row < kRows; ++row)
        track.frames.push_back(row);
    track.points.assign(static_cast<size_t>(kRows) * kPointCount, PosePoint{1, 2, 0.5F});
    track.at(77'777, 0)[5] = {9, 8, 0.25F};
    ASSERT_TRUE(writeTrack(folder / "t.npz", track).ok());
    const int fd = ::open((folder / "t.npz").c_str(), O_RDONLY);
    ASSERT_GE(fd, 0);
    ASSERT_EQ(::posix_fadvise(fd, 0, 0, POSIX_FADV_DONTNEED), 0);
    ::close(fd);

    const auto read = readTrack(folder / "t.npz");
    ASSERT_TRUE(read.ok()) << read.error().message;
    const PoseTrack& mapped = *read;
    ASSERT_TRUE(mapped.points.isMapped());
    EXPECT_EQ(reinterpret_cast<uintptr_t>(std::as_const(mapped.points).data()) % 64, 0U);
    EXPECT_EQ(mapped.at(77'777, 0)[5], (PosePoint{9, 8, 0.25F}));
    const PoseTrack copy = mapped;
    EXPECT_EQ(copy.at(0, 0), mapped.at(0, 0)) << "a copy shares the mapping";

    // How much of the file is in this program's memory.
    std::ifstream maps("/proc/self/smaps");
    std::string line;
    bool ours = false;
    int64_t resident = -1;
    while (std::getline(maps, line)) {
        if (line.find("t.npz") != std::string::npos)
            ours = true;
        else if (ours && line.starts_with("Rss:")) {
            resident = std::stoll(line.substr(4)) * 1024;
            break;
        }
    }
    ASSERT_GT(resident, 0);
    EXPECT_LT(resident, static_cast<int64_t>(track.points.size() * sizeof(PosePoint) / 4));
}

TEST(MappedTrack, ChangingItLeavesTheFileAndTheOtherCopiesAlone)
{
    const ScratchFolder folder("cow");
    const PoseTrack track = randomTrack(20, 2, 6);
    ASSERT_TRUE(writeTrack(folder / "t.npz", track).ok());
    auto read = readTrack(folder / "t.npz");
    ASSERT_TRUE(read.ok());
    const PoseTrack kept = *read;
    read->at(3, 1)[0] = {1, 1, 1};
    EXPECT_FALSE(read->points.isMapped());
    EXPECT_TRUE(kept.points.isMapped());
    EXPECT_EQ(kept.points, track.points);
    EXPECT_NE(read->points, track.points);
    ASSERT_TRUE(writeTrack(folder / "t.npz", *read).ok());
    EXPECT_EQ(kept.points, track.points) << "replacing the file does not reach who has it open";
    EXPECT_EQ(readTrack(folder / "t.npz")->points, read->points);
    ASSERT_TRUE(writeTrack(folder / "t.npz", kept).ok()) << "onto another version of itself";
    EXPECT_EQ(readTrack(folder / "t.npz")->points, track.points);
}

TEST(MappedTrack, OlderAndForeignFilesAreReadAndChecked)
{
    const ScratchFolder folder("packed");
    const PoseTrack track = randomTrack(30, 1, 8);
    const std::string_view values(
        reinterpret_cast<const char*>(track.points.view().data()), track.points.size() * sizeof(PosePoint));
    const std::string_view frames(
        reinterpret_cast<const char*>(track.frames.data()), track.frames.size() * sizeof(int64_t));
    for (const auto method : {ZipWriter::Method::Store, ZipWriter::Method::Deflate}) {
        ZipWriter zip;
        ASSERT_TRUE(zip.add("frames.npy", formatNpy({"i8", {30}, std::string(frames)}), method).ok());
        ASSERT_TRUE(zip.add("layout.npy", formatNpy({"S10", {}, "telltale68"}), method).ok());
        ASSERT_TRUE(
            zip.add("points.npy", formatNpy({"f4", {30, 1, 68, 3}, std::string(values)}), method).ok());
        const auto read = readTrack(folder.write("t.npz", zip.finish()));
        ASSERT_TRUE(read.ok()) << read.error().message;
        EXPECT_FALSE(read->points.isMapped()) << "others may change their files in place";
        EXPECT_EQ(read->points, track.points);
    }
}

TEST(MappedTrack, PointsThatCannotBeWrittenAsTheyAreComeBackMissing)
{
    const ScratchFolder folder("clean");
    PoseTrack track = randomTrack(2, 1, 5);
    track.points[3] = {NAN, 1, 1};
    track.points[4] = {5, 5, 0};
    track.points[5] = {5, INFINITY, 1};
    ASSERT_TRUE(writeTrack(folder / "t.npz", track).ok());
    const auto read = readTrack(folder / "t.npz");
    ASSERT_TRUE(read.ok()) << read.error().message;
    for (const size_t i : {3, 4, 5})
        EXPECT_EQ(std::as_const(read->points)[i], PosePoint{});
    EXPECT_EQ(std::as_const(read->points)[6], track.points[6]);
}

TEST(NpzStream, ArraysOfWrongLengthAreNotFinished)
{
    const ScratchFolder folder("stream");
    {
        auto stream = NpzStream::create(folder / "a.npz");
        ASSERT_TRUE(stream.ok());
        ASSERT_TRUE(stream->begin("x", "f4", {2}).ok());
        EXPECT_FALSE(stream->append(std::string(9, 'x')).ok());
        ASSERT_TRUE(stream->append(std::string(4, 'x')).ok());
        EXPECT_FALSE(stream->end().ok());
    }
    EXPECT_TRUE(std::filesystem::is_empty(folder.path())) << "nothing is left behind";
    EXPECT_EQ(NpzStream::create(folder / "absent" / "a.npz").error().code, ErrorCode::Io);
}

TEST(NpzStream, EveryArrayBeginsAtAMultipleOf64)
{
    const ScratchFolder folder("aligned");
    auto stream = NpzStream::create(folder / "a.npz");
    ASSERT_TRUE(stream.ok());
    const std::vector<std::string> names{"x", "a_longer_name", "y"};
    for (const std::string& name : names)
        ASSERT_TRUE(stream->add(name, "u1", {3}, "abc").ok());
    ASSERT_TRUE(stream->finish().ok());
    const auto zip = ZipReader::map(folder / "a.npz");
    ASSERT_TRUE(zip.ok()) << zip.error().message;
    for (const std::string& name : names) {
        const auto bytes = zip->inPlace(name + ".npy");
        ASSERT_TRUE(bytes.ok());
        const auto view = viewNpy(*bytes, name);
        ASSERT_TRUE(view.ok());
        EXPECT_EQ(reinterpret_cast<uintptr_t>(view->bytes.data()) % 64, 0U) << name;
        EXPECT_EQ(view->bytes, "abc");
        EXPECT_TRUE(zip->read(name + ".npy").ok()) << "the checksum fits";
    }
}

TEST(ZipFile, SizesInTheWideFieldsAreRead)
{
    const ScratchFolder folder("wide");
    ZipWriter writer;
    ASSERT_TRUE(writer.add("a", "hello", ZipWriter::Method::Store).ok());
    std::string bytes = writer.finish();
    const size_t row = bytes.find("PK\x01\x02");
    const size_t end = bytes.find("PK\x05\x06");
    const auto wide
        = [](uint64_t value) { return std::string(reinterpret_cast<const char*>(&value), sizeof value); };
    // The directory's row says "look into the wide field"; a wide end record says where the directory is.
    std::string directory = bytes.substr(row, end - row);
    directory.replace(20, 8, "\xff\xff\xff\xff\xff\xff\xff\xff");
    directory.replace(30, 2, std::string("\x14\0", 2));
    directory += std::string("\x01\0\x10\0", 4) + wide(5) + wide(5);
    const std::string wideEnd = "PK\x06\x06" + wide(44) + std::string("\x2d\0\x2d\0", 4) + wide(0) + wide(1)
        + wide(1) + wide(directory.size()) + wide(row);
    const std::string locator
        = "PK\x06\x07" + std::string(4, '\0') + wide(row + directory.size()) + std::string("\x01\0\0\0", 4);
    std::string tail = bytes.substr(end);
    tail.replace(16, 4, "\xff\xff\xff\xff");
    const std::string whole = bytes.substr(0, row) + directory + wideEnd + locator + tail;
    const auto zip = ZipReader::parse(whole, "wide.zip");
    ASSERT_TRUE(zip.ok()) << zip.error().message;
    EXPECT_EQ(*zip->read("a"), "hello");
    const auto mapped = ZipReader::map(folder.write("wide.zip", whole));
    ASSERT_TRUE(mapped.ok());
    EXPECT_EQ(*mapped->inPlace("a"), "hello");
}
