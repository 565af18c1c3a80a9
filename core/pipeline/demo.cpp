// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "pipeline/demo.h"
#include "base/files.h"
#include "base/random.h"
#include "pipeline/analyze.h"
#include "pipeline/project.h"
#include "pipeline/retrain.h"
#include "synth/synth.h"
#include <algorithm>
#include <set>

namespace telltale {
namespace {

namespace fs = std::filesystem;

/// What a size means. The first `reviewed` subjects are decided up to `reviewedShare` of their video; the
/// others wait for the user.
struct DemoSize {
    const char* name;
    int subjects;
    double minutes;
    int reviewed;
    double reviewedShare;
    double gesturesPerMinute;
};

constexpr DemoSize kSizes[] = {
    {"tiny", 1, 1.0 / 3, 1, 0.75, 15},
    {"small", 3, 1, 2, 0.9, 12},
    {"full", 8, 3, 5, 0.9, 9},
};

constexpr double kSameSpan = 0.5; ///< tIoU from which a proposal means the true span
constexpr double kGoodBoundaries = 0.75; ///< from here a reviewer would not move them
constexpr int kRejectOfFour = 3; ///< of four proposals that mean nothing; the others stay open

/// The folder is as it was before unless keep() is called.
class FolderGuard {
public:
    explicit FolderGuard(fs::path folder) : m_folder(std::move(folder)), m_existed(fs::exists(m_folder)) { }
    ~FolderGuard()
    {
        if (m_kept)
            return;
        std::error_code ignored;
        if (!m_existed) {
            fs::remove_all(m_folder, ignored);
            return;
        }
        for (const auto& entry : fs::directory_iterator(m_folder, ignored))
            fs::remove_all(entry.path(), ignored);
    }
    FolderGuard(const FolderGuard&) = delete;
    FolderGuard& operator=(const FolderGuard&) = delete;
    void keep() { m_kept = true; }

private:
    fs::path m_folder;
    bool m_existed;
    bool m_kept = false;
};

Status checkFolder(const fs::path& folder)
{
    std::error_code error;
    if (!fs::exists(folder, error))
        return {};
    if (fs::exists(folder / "project.db", error))
        return Error{
            ErrorCode::Conflict, folder.string() + " holds a project already; choose another folder."};
    if (!fs::is_directory(folder, error) || !fs::is_empty(folder, error) || error)
        return Error{ErrorCode::Conflict, folder.string() + " is not an empty folder; choose a new one."};
    return {};
}

/// Makes one demo project, subject by subject.
class DemoMaker {
public:
    DemoMaker(Document& document, const DemoSize& size, uint64_t seed, ProgressSink& progress)
        : m_document(document)
        , m_size(size)
        , m_seed(seed)
        , m_progress(progress)
    {
    }
    Status make();

private:
    struct Subject {
        int64_t videoId = 0;
        int64_t frames = 0;
        std::vector<SynthSpan> truth;
    };

    Status addSubject(int number);
    Status analyze(const Subject& subject);
    Status review(const Subject& subject, Random random);
    Status decide(const SynthSpan& truth, const Annotation& proposal);
    Status retrain();

    Document& m_document;
    const DemoSize& m_size;
    uint64_t m_seed;
    ProgressSink& m_progress;
    std::vector<Subject> m_subjects;
};

Status DemoMaker::addSubject(int number)
{
    SynthOptions options;
    options.scheme = SynthScheme::Imigue;
    options.subject = number;
    options.minutes = m_size.minutes;
    options.seed = m_seed;
    options.gesturesPerMinute = m_size.gesturesPerMinute;
    options.balanced = number % 2 == 1; // the long tail alone would show three classes in so little time
    const std::unique_ptr<SynthSession> session = makeSession(options);

    const std::string name = "subject" + std::string(number < 10 ? "0" : "") + std::to_string(number);
    const fs::path video = m_document.folder() / "videos" / (name + ".mp4");
    const std::string track = "tracks/" + name + ".npz";
    if (Status status = renderSession(*session, options, video, m_progress); !status)
        return status;
    if (Status status = writeTrack(m_document.folder() / track, session->observedTrack()); !status)
        return status;
    const SubjectRole role = number <= m_size.reviewed ? SubjectRole::Train : SubjectRole::Unlabelled;
    const Result<int64_t> id = addVideoFile(m_document, video, name, role, m_progress);
    if (!id)
        return id.error();
    m_subjects.push_back({*id, session->frameCount(), session->spans()});
    return m_document.setTrack(*id, track);
}

Status DemoMaker::analyze(const Subject& subject)
{
    const VideoEntry* video = m_document.video(subject.videoId);
    const Result<AnalyzeResult> result = analyzeVideo(makeAnalyzeRequest(m_document, *video, {}), m_progress);
    return result ? applyAnalysis(m_document, subject.videoId, *result) : Status(result.error());
}

/// What a reviewer does who knows the truth.
Status DemoMaker::decide(const SynthSpan& truth, const Annotation& proposal)
{
    if (temporalIou(proposal.span, truth.span) < kGoodBoundaries)
        if (Status status = m_document.setSpan(proposal.id, truth.span); !status)
            return status;
    return m_document.relabel(proposal.id, truth.classId);
}

Status DemoMaker::review(const Subject& subject, Random random)
{
    const auto until = static_cast<int64_t>(m_size.reviewedShare * static_cast<double>(subject.frames));
    std::vector<Annotation> proposals = m_document.annotations(subject.videoId);
    std::set<int64_t> used;
    for (const SynthSpan& truth : subject.truth) {
        if (truth.span.first >= until)
            continue;
        const Annotation* best = nullptr;
        for (const Annotation& proposal : proposals)
            if (!used.contains(proposal.id) && temporalIou(proposal.span, truth.span) >= kSameSpan
                && (!best || temporalIou(proposal.span, truth.span) > temporalIou(best->span, truth.span)))
                best = &proposal;
        if (best) {
            used.insert(best->id);
            if (Status status = decide(truth, *best); !status)
                return status;
            continue;
        }
        Annotation added;
        added.videoId = subject.videoId;
        added.span = truth.span;
        added.classId = truth.classId;
        if (const Result<int64_t> id = m_document.addAnnotation(added); !id)
            return id.error();
    }
    for (const Annotation& proposal : proposals) {
        const bool meaningless = !used.contains(proposal.id) && proposal.span.first < until;
        if (!meaningless || random.below(4) >= kRejectOfFour)
            continue;
        if (Status status = m_document.setState(proposal.id, SpanState::Rejected); !status)
            return status;
    }
    return {};
}

Status DemoMaker::retrain()
{
    const Result<RetrainRequest> request = makeRetrainRequest(m_document, m_seed);
    if (!request)
        return request.error();
    const Result<RetrainResult> result = retrainHeads(*request, m_progress, {});
    return result ? applyRetraining(m_document, *result) : Status(result.error());
}

Status DemoMaker::make()
{
    for (const char* folder : {"videos", "tracks"})
        if (Status status = ensureWritableFolder(m_document.folder() / folder); !status)
            return status;
    for (int number = 1; number <= m_size.subjects; ++number)
        if (Status status = addSubject(number); !status)
            return status;
    const Random random(m_seed);
    for (int i = 0; i < m_size.subjects; ++i) {
        const Subject& subject = m_subjects[static_cast<size_t>(i)];
        if (i == m_size.reviewed)
            if (Status status = retrain(); !status)
                return status;
        if (Status status = analyze(subject); !status)
            return status;
        if (i < m_size.reviewed)
            if (Status status = review(subject, random.fork(static_cast<uint64_t>(i))); !status)
                return status;
    }
    return m_size.reviewed == m_size.subjects ? retrain() : Status();
}

} // namespace

Status makeDemo(const fs::path& folder, const std::string& size, uint64_t seed, ProgressSink& progress)
{
    const auto* const found = std::find_if(
        std::begin(kSizes), std::end(kSizes), [&](const DemoSize& row) { return size == row.name; });
    if (found == std::end(kSizes))
        return Error{
            ErrorCode::InvalidArgument, "There is no demo size '" + size + "'; it is tiny, small or full."};
    if (Status status = checkFolder(folder); !status)
        return status;
    const Result<LabelScheme> scheme = loadLabelScheme("imigue");
    if (!scheme)
        return scheme.error();
    FolderGuard guard(folder);
    Result<std::unique_ptr<Document>> document = Document::create(folder, *scheme);
    if (!document)
        return document.error();
    (*document)->setAnnotator("demo");
    Status status = DemoMaker(**document, *found, seed, progress).make();
    document->reset(); // closes the database before the folder may go
    if (!status)
        return status;
    guard.keep();
    return {};
}

} // namespace telltale
