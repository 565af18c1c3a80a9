// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "editstream.h"
#include "base/files.h"
#include <QCoreApplication>
#include <QUndoStack>
#include <array>
#include <gtest/gtest.h>
#include <sstream>
#include <unistd.h>

namespace telltale {

namespace fs = std::filesystem;

ScratchFolder::ScratchFolder()
{
    std::string pattern = (fs::temp_directory_path() / "telltale_data_XXXXXX").string();
    m_path = ::mkdtemp(pattern.data());
}

ScratchFolder::~ScratchFolder()
{
    std::error_code ec;
    fs::remove_all(m_path, ec);
}

Annotation makeSpan(int64_t videoId, FrameSpan span, int classId)
{
    Annotation annotation;
    annotation.videoId = videoId;
    annotation.span = span;
    annotation.classId = classId;
    return annotation;
}

VideoEntry makeVideo(const std::string& name, const std::string& path)
{
    VideoEntry video;
    video.name = name;
    video.path = path;
    return video;
}

LabelScheme makeScheme(const std::string& name, int classes)
{
    LabelScheme scheme;
    scheme.name = name;
    for (int i = 0; i < classes; ++i)
        scheme.classes.push_back({"class " + std::to_string(i), {}, {}, {}, defaultClassColor(i)});
    return scheme;
}

ModelEntry makeHeads(const std::string& file)
{
    ModelEntry model;
    model.file = file;
    model.kind = "heads";
    return model;
}

std::unique_ptr<Document> makeSmallProject(const fs::path& folder)
{
    auto document = Document::create(folder, makeScheme("test", 5));
    if (!document) {
        ADD_FAILURE() << document.error().message;
        return nullptr;
    }
    VideoEntry video = makeVideo("v1", "v1.mp4");
    video.frameCount = 10000;
    video.fps = 25;
    const auto id = (*document)->addVideo(video);
    EXPECT_TRUE(id.ok());
    return std::move(*document);
}

namespace {

FrameSpan randomSpan(Random& random)
{
    const int64_t first = random.below(9000);
    return {first, first + 1 + random.below(200)};
}

Status addRandomRun(Document& document, Random& random)
{
    PredictionRun run;
    run.videoId = 1;
    run.model = "random";
    run.seed = random.next();
    std::vector<Prediction> predictions(static_cast<size_t>(1 + random.below(4)));
    for (Prediction& prediction : predictions) {
        prediction.span = randomSpan(random);
        prediction.detectorScore = random.uniform();
        for (int i = 0; i < 5; ++i)
            prediction.fused.push_back(static_cast<float>(random.uniform()));
        prediction.modalities["joint"] = {prediction.fused, {0.25F, -1.0F, 3.5F}};
    }
    const auto id = document.importRun(run, predictions);
    return id ? Status() : Status(id.error());
}

Status changeRandomPose(Document& document, Random& random)
{
    if (document.video(1)->track.empty())
        return document.setTrack(1, "tracks/v1.npz");
    const int64_t frame = random.below(40);
    const int person = static_cast<int>(random.below(2));
    const double place = random.uniform() * 100;
    switch (random.below(4)) {
    case 0: {
        CropCorrection correction;
        correction.videoId = 1;
        correction.kind = "face";
        correction.frame = frame;
        correction.rectangle = {place, place / 3, 50, 60};
        return document.correctCrop(correction, static_cast<int>(random.below(2)));
    }
    case 1: {
        TrackEdit edit;
        edit.videoId = 1;
        edit.operation = "swap";
        edit.other = 1;
        edit.first = frame;
        return document.editTrack(edit, document.poseCorrections(1));
    }
    case 2:
        return document.uncorrectPoses(1, person, {frame, frame + 10});
    default: {
        PoseCorrection correction;
        correction.person = person;
        correction.frame = frame;
        correction.points = {{static_cast<int>(random.below(68)), place, place / 7, 1}};
        return document.correctPoses(1, {correction}, static_cast<int>(random.below(2)));
    }
    }
}

Status changeRandomModel(Document& document, Random& random)
{
    const auto& models = document.models();
    if (models.size() < 3) {
        const auto heads = makeHeads("models/heads-" + std::to_string(random.below(1000)));
        const auto id = random.chance(0.5) ? document.addModel(heads) : document.addCandidate(heads);
        return id ? Status() : Status(id.error());
    }
    const ModelEntry& one = models[static_cast<size_t>(random.below(static_cast<int64_t>(models.size())))];
    if (one.active)
        return document.useModel(0);
    return random.chance(0.7) ? document.useModel(one.id) : document.removeModel(one.id);
}

} // namespace

Status randomEdit(Document& document, Random& random)
{
    const auto spans = document.annotations(1);
    const int64_t dice = random.below(100);
    if (dice < 12) {
        if (document.undoStack()->index() > 1) // the first step brought the video
            document.undoStack()->undo();
        return {};
    }
    if (dice < 20) {
        document.undoStack()->redo();
        return {};
    }
    if (dice < 24)
        return addRandomRun(document, random);
    if (dice < 32)
        return changeRandomPose(document, random);
    if (dice < 35)
        return changeRandomModel(document, random);
    if (spans.size() < 5 || dice < 46) {
        const FrameSpan span = randomSpan(random);
        const auto id = document.addAnnotation(makeSpan(1, span, static_cast<int>(random.below(6)) - 1));
        return id ? Status() : Status(id.error());
    }
    const int64_t target = spans[static_cast<size_t>(random.below(static_cast<int64_t>(spans.size())))].id;
    if (dice < 52)
        return document.removeAnnotation(target);
    if (dice < 65)
        return document.setSpan(target, randomSpan(random), static_cast<int>(random.below(3)));
    if (dice < 80)
        return document.relabel(target, static_cast<int>(random.below(5)));
    if (dice < 95)
        return document.setState(target, static_cast<SpanState>(random.below(6)));
    std::vector<int64_t> several;
    for (const Annotation& annotation : spans)
        if (random.chance(0.3))
            several.push_back(annotation.id);
    return document.setStates(several, SpanState::Accepted);
}

std::string describe(const Document& document)
{
    std::ostringstream text;
    text << document.scheme().version << " " << document.scheme().classCount() << "\n";
    for (const VideoEntry& video : document.videos()) {
        text << video.id << " " << video.name << " " << video.path << " " << video.track << "\n";
        for (const PredictionRun& run : document.runs(video.id))
            text << "run " << run.id << " " << run.time << " " << run.seed << "\n";
        for (const TrackEdit& edit : document.trackEdits(video.id))
            text << edit.operation << " " << edit.position << " " << edit.first << "\n";
        for (const PoseCorrection& one : document.poseCorrections(video.id))
            for (const CorrectedPoint& point : one.points)
                text << "point " << one.person << " " << one.frame << " " << point.point << " " << point.x
                     << " " << point.y << "\n";
        for (const CropCorrection& one : document.cropCorrections(video.id))
            text << "crop " << one.frame << " " << one.rectangle.x << "\n";
    }
    for (const Annotation& one : document.allAnnotations())
        text << one.id << " " << one.videoId << " " << one.person << " " << one.span.first << "-"
             << one.span.last << " " << one.classId << " " << nameOf(one.state) << " " << nameOf(one.origin)
             << " " << one.annotator << " " << one.predictionId << "\n";
    for (const ModelEntry& model : document.models())
        text << "model " << model.id << " " << model.file << " " << model.active << "\n";
    return text.str();
}

int runEditStream(const std::string& folder, uint64_t seed, bool background)
{
    DocumentOptions options;
    options.background = background;
    const auto document = Document::open(folder, options);
    if (!document)
        return 1;
    Random random(seed);
    for (;;) {
        if (!randomEdit(**document, random))
            return 1;
        QCoreApplication::processEvents();
        const std::string line
            = std::to_string((*document)->summary().edits) + " " + contentDigest(describe(**document)) + "\n";
        if (::write(STDOUT_FILENO, line.data(), line.size()) != static_cast<ssize_t>(line.size()))
            return 0;
    }
}

Victim startEditStream(const fs::path& folder, uint64_t seed, const char* mode)
{
    std::array<int, 2> pipe{};
    if (::pipe(pipe.data()) != 0)
        return {};
    const std::string program = fs::read_symlink("/proc/self/exe").string();
    const std::string seedText = std::to_string(seed);
    const pid_t process = ::fork();
    if (process == 0) {
        ::dup2(pipe[1], STDOUT_FILENO);
        ::close(pipe[0]);
        ::close(pipe[1]);
        ::execl(program.c_str(), program.c_str(), "--edit-stream", folder.c_str(), seedText.c_str(), mode,
            nullptr);
        ::_exit(127);
    }
    ::close(pipe[1]);
    return {process, pipe[0]};
}

std::map<int64_t, std::string> acknowledgedIn(const std::string& text)
{
    std::map<int64_t, std::string> acknowledged;
    std::istringstream lines(text.substr(0, text.rfind('\n') + 1));
    int64_t last = 0;
    for (std::string digest; lines >> last >> digest;)
        acknowledged[last] = digest;
    return acknowledged;
}

} // namespace telltale
