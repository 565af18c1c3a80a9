// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "widgets/models/spanlistmodel.h"
#include "data/exclusions.h"
#include "widgets/models/texts.h"
#include <QPixmap>
#include <algorithm>
#include <numeric>

namespace telltale {
namespace {

constexpr size_t kResetAbove
    = 400; ///< structural differences; one reset is then cheaper than many row signals

std::vector<Candidate> bestOf(const std::vector<float>& fused, size_t count)
{
    std::vector<int> order(fused.size());
    std::iota(order.begin(), order.end(), 0);
    count = std::min(count, order.size());
    std::partial_sort(order.begin(), order.begin() + static_cast<ptrdiff_t>(count), order.end(),
        [&fused](int a, int b) { return fused[static_cast<size_t>(a)] > fused[static_cast<size_t>(b)]; });
    std::vector<Candidate> best;
    for (size_t i = 0; i < count; ++i)
        best.push_back({order[i], fused[static_cast<size_t>(order[i])]});
    return best;
}

bool isNumber(int column)
{
    return column == SpanListModel::ScoreColumn || column == SpanListModel::DetectorColumn
        || column == SpanListModel::TogetherColumn || column == SpanListModel::TimeColumn;
}

QString shareText(double share) { return share < 0 ? QString() : percentText(share); }

bool byId(const Annotation& a, const Annotation& b) { return a.id < b.id; }

} // namespace

SpanListModel::SpanListModel(QObject* parent) : QAbstractTableModel(parent) { }

void SpanListModel::setDocument(const Document* document)
{
    beginResetModel();
    m_document = document;
    m_rows.clear();
    m_contradictions.clear();
    m_digests.clear();
    m_rescored.clear();
    readVideos();
    if (m_document) {
        m_rows = m_document->allAnnotations();
        std::sort(m_rows.begin(), m_rows.end(), byId);
        m_contradictions = contradictions(m_document->scheme(), m_rows);
    }
    endResetModel();
}

void SpanListModel::readVideos()
{
    m_videos.clear();
    if (!m_document)
        return;
    for (const VideoEntry& video : m_document->videos())
        m_videos.insert(video.id, {QString::fromStdString(video.name), video.fps});
}

void SpanListModel::refresh(ChangeKinds kinds)
{
    if (!m_document)
        return;
    if (kinds.testFlag(ChangeKind::Videos))
        readVideos();
    std::vector<Annotation> rows = m_document->allAnnotations();
    std::sort(rows.begin(), rows.end(), byId);
    merge(std::move(rows));
    findContradictions();
    const ChangeKinds everywhere = ChangeKind::Videos | ChangeKind::Scheme | ChangeKind::Predictions;
    if ((kinds & everywhere) && !m_rows.empty())
        emit dataChanged(index(0, 0), index(rowCount() - 1, ColumnCount - 1));
}

void SpanListModel::findContradictions()
{
    auto found = contradictions(m_document->scheme(), m_rows);
    std::swap(found, m_contradictions);
    std::set<int64_t> touched;
    for (const auto* side : {&found, &m_contradictions})
        for (const auto& [id, other] : *side)
            touched.insert(id);
    for (const int64_t id : touched)
        if (const int row = rowOf(id); row >= 0 && found.contains(id) != m_contradictions.contains(id))
            emit dataChanged(index(row, ClassColumn), index(row, ClassColumn));
}

QString SpanListModel::contradiction(int64_t annotationId) const
{
    const auto pair = m_contradictions.find(annotationId);
    const Annotation* self = pair == m_contradictions.end() ? nullptr : annotationAt(rowOf(annotationId));
    const Annotation* other = self ? annotationAt(rowOf(pair->second)) : nullptr;
    if (!other)
        return {};
    return tr("\"%1\" excludes \"%2\", which overlaps it on the same person at frames %3 to %4: change or "
              "reject one of them.")
        .arg(classText(m_document->scheme(), self->classId), classText(m_document->scheme(), other->classId))
        .arg(std::max(self->span.first, other->span.first))
        .arg(std::min(self->span.last, other->span.last) - 1);
}

void SpanListModel::merge(std::vector<Annotation> rows)
{
    std::vector<Annotation> gone;
    std::vector<Annotation> added;
    std::set_difference(
        m_rows.begin(), m_rows.end(), rows.begin(), rows.end(), std::back_inserter(gone), byId);
    std::set_difference(
        rows.begin(), rows.end(), m_rows.begin(), m_rows.end(), std::back_inserter(added), byId);
    if (gone.size() + added.size() > kResetAbove) {
        beginResetModel();
        m_rows = std::move(rows);
        endResetModel();
        return;
    }
    for (const Annotation& old : gone) {
        const int row = rowOf(old.id);
        beginRemoveRows({}, row, row);
        m_rows.erase(m_rows.begin() + row);
        endRemoveRows();
    }
    for (const Annotation& fresh : added) {
        const auto at = std::lower_bound(m_rows.begin(), m_rows.end(), fresh, byId);
        const int row = static_cast<int>(at - m_rows.begin());
        beginInsertRows({}, row, row);
        m_rows.insert(at, fresh);
        endInsertRows();
    }
    for (size_t i = 0; i < rows.size(); ++i) {
        if (rows[i] == m_rows[i])
            continue;
        m_rows[i] = rows[i];
        const int row = static_cast<int>(i);
        emit dataChanged(index(row, 0), index(row, ColumnCount - 1));
    }
}

void SpanListModel::setRescored(std::map<int64_t, std::vector<float>> fused)
{
    m_rescored = std::move(fused);
    m_digests.clear();
    if (!m_rows.empty())
        emit dataChanged(index(0, 0), index(rowCount() - 1, ColumnCount - 1));
}

const SpanListModel::Digest& SpanListModel::digest(int64_t predictionId) const
{
    const auto known = m_digests.find(predictionId);
    if (known != m_digests.end())
        return known->second;
    const auto prediction = m_document->prediction(predictionId);
    if (!prediction) { // its numbers may be on their way from a server: asked again when they are there
        static const Digest unknown;
        return unknown;
    }
    const auto newer = m_rescored.find(predictionId);
    Digest made;
    const bool rescored = newer != m_rescored.end();
    made.best = bestOf(rescored ? newer->second : prediction->fused, 3);
    made.scores = spanScores(*prediction, rescored ? &newer->second : nullptr);
    made.consensus = prediction->pseudoLabel;
    if (made.best.empty())
        made.best.push_back({-1, prediction->detectorScore});
    return m_digests.emplace(predictionId, std::move(made)).first->second;
}

SpanScores SpanListModel::scores(const Annotation& row) const
{
    return row.predictionId != 0 ? digest(row.predictionId).scores : SpanScores();
}

QString SpanListModel::tipOf(const Annotation& row) const
{
    const LabelScheme& scheme = m_document->scheme();
    QString text = tr("%1, frames %2 to %3, %4")
                       .arg(classLongText(scheme, row.classId))
                       .arg(row.span.first)
                       .arg(row.span.last)
                       .arg(stateText(row.state));
    const SpanScores of = scores(row);
    if (of.detector < 0 || of.ensembleClass < 0)
        return text;
    text += QLatin1Char('\n')
        + tr("Detector %1, ensemble %2, together %3")
              .arg(percentText(of.detector), percentText(of.ensemble), percentText(of.together));
    if (of.disagree())
        text += QLatin1Char('\n')
            + tr("The detector would name it %1.").arg(classLongText(scheme, of.detectorClass));
    return text;
}

std::vector<Candidate> SpanListModel::candidates(int64_t annotationId, size_t count) const
{
    const Annotation* row = annotationAt(rowOf(annotationId));
    if (!row || row->predictionId == 0)
        return {};
    std::vector<Candidate> best = digest(row->predictionId).best;
    const LabelScheme& scheme = m_document->scheme();
    std::erase_if(best, [&scheme](const Candidate& candidate) {
        return candidate.classId < 0
            || (candidate.classId < scheme.classCount()
                && scheme.classes[static_cast<size_t>(candidate.classId)].retired);
    });
    if (best.size() > count)
        best.resize(count);
    return best;
}

const Annotation* SpanListModel::annotationAt(int row) const
{
    return row >= 0 && row < rowCount() ? &m_rows[static_cast<size_t>(row)] : nullptr;
}

int SpanListModel::rowOf(int64_t annotationId) const
{
    Annotation key;
    key.id = annotationId;
    const auto at = std::lower_bound(m_rows.begin(), m_rows.end(), key, byId);
    return at != m_rows.end() && at->id == annotationId ? static_cast<int>(at - m_rows.begin()) : -1;
}

int SpanListModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_rows.size());
}

int SpanListModel::columnCount(const QModelIndex& parent) const { return parent.isValid() ? 0 : ColumnCount; }

QVariant SpanListModel::textAt(const Annotation& row, int column) const
{
    switch (column) {
    case ClassColumn: {
        const QString name = classText(m_document->scheme(), row.classId);
        return m_contradictions.contains(row.id) ? QStringLiteral("\u26a0 %1").arg(name) : name;
    }
    case ScoreColumn:
        return row.predictionId != 0 && !digest(row.predictionId).best.empty()
            ? percentText(digest(row.predictionId).best.front().probability)
            : QString();
    case DetectorColumn:
        return shareText(scores(row).detector);
    case TogetherColumn:
        return shareText(scores(row).together);
    case StateColumn:
        return stateText(row.state);
    case VideoColumn:
        return m_videos.value(row.videoId).name;
    case TimeColumn: {
        const double fps = m_videos.value(row.videoId).fps;
        const double seconds = static_cast<double>(row.span.first) / (fps > 0 ? fps : 25.0);
        return clockText(MediaTime(static_cast<int64_t>(seconds * 1e6))).chopped(2);
    }
    default:
        return {};
    }
}

QVariant SpanListModel::data(const QModelIndex& index, int role) const
{
    const Annotation* row = index.isValid() ? annotationAt(index.row()) : nullptr;
    if (!row || index.column() >= ColumnCount)
        return {};
    const auto score = [this, row](size_t rank) {
        if (row->predictionId == 0 || digest(row->predictionId).best.size() <= rank)
            return rank == 0 ? -1.0 : 0.0;
        return digest(row->predictionId).best[rank].probability;
    };
    switch (role) {
    case Qt::DisplayRole:
        return textAt(*row, index.column());
    case Qt::DecorationRole:
        return index.column() == ClassColumn ? QVariant(classColor(m_document->scheme(), row->classId))
                                             : QVariant();
    case ContradictionRole:
        return contradiction(row->id);
    case Qt::ToolTipRole:
        if (const QString sentence = contradiction(row->id); !sentence.isEmpty())
            return sentence;
        return tipOf(*row);
    case Qt::TextAlignmentRole:
        return isNumber(index.column()) ? QVariant(Qt::Alignment(Qt::AlignRight | Qt::AlignVCenter))
                                        : QVariant();
    case IdRole:
        return static_cast<qlonglong>(row->id);
    case StateRole:
        return static_cast<int>(row->state);
    case ClassRole:
        return row->classId;
    case VideoRole:
        return static_cast<qlonglong>(row->videoId);
    case StartRole:
        return static_cast<qlonglong>(row->span.first);
    case ScoreRole:
        return score(0);
    case MarginRole:
        return score(0) - score(1);
    case DetectorRole:
        return scores(*row).detector;
    case EnsembleRole:
        return scores(*row).ensemble;
    case TogetherRole:
        return scores(*row).together;
    case ConsensusRole:
        return row->predictionId != 0 && digest(row->predictionId).consensus;
    default:
        return {};
    }
}

QVariant SpanListModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole)
        return QAbstractTableModel::headerData(section, orientation, role);
    const QString titles[]
        = {tr("Class"), tr("Score"), tr("Detector"), tr("Together"), tr("State"), tr("Video"), tr("Time")};
    return section >= 0 && section < ColumnCount ? QVariant(titles[section]) : QVariant();
}

} // namespace telltale
