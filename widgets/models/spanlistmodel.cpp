// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "widgets/models/spanlistmodel.h"
#include "widgets/models/bestclasses.h"
#include "widgets/models/texts.h"
#include <algorithm>
#include <unordered_set>

namespace telltale {
namespace {

/// Rows that came, went or changed; one signal for all is then cheaper than one for each.
constexpr size_t kManyRows = 64;

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
    m_digests.clear();
    m_rescored.clear();
    m_facts.clear();
    m_open = 0;
    m_contradictions = {};
    readVideos();
    if (m_document)
        readAll();
    endResetModel();
    emit settled();
}

void SpanListModel::readVideos()
{
    m_videos.clear();
    if (!m_document)
        return;
    for (const VideoEntry& video : m_document->videos()) {
        VideoText text{QString::fromStdString(video.name), video.fps, 0, 0};
        if (const auto runs = m_document->runs(video.id); !runs.empty()) {
            text.firstPrediction = runs.back().firstPrediction;
            text.predictions = runs.back().predictions;
        }
        m_videos.insert(video.id, text);
    }
}

void SpanListModel::readAll()
{
    m_rows = m_document->allAnnotations();
    std::ranges::sort(m_rows, byId);
    m_open = 0;
    for (const Annotation& row : m_rows)
        count(row, 1);
    m_contradictions.assign(m_document->scheme(), m_rows);
}

void SpanListModel::refresh(ChangeKinds kinds)
{
    if (!m_document)
        return;
    const ChangeKinds everywhere = ChangeKind::Videos | ChangeKind::Scheme | ChangeKind::Predictions;
    if (kinds & (ChangeKind::Videos | ChangeKind::Predictions))
        readVideos();
    // Who may see and edit what hangs on the team; a video takes its spans with it.
    const bool known = !m_document->changedSpans().empty() && !(kinds & ChangeKind::Videos)
        && !(kinds & ChangeKind::Team) && !(kinds & ChangeKind::Scheme);
    if (known && m_document->changedSpans().size() <= kManyRows)
        readSome(m_document->changedSpans());
    else if (kinds & (everywhere | ChangeKind::Annotations | ChangeKind::Team))
        merge();
    if (kinds.testFlag(ChangeKind::Scheme)) // what excludes what may have changed without a span
        m_contradictions.assign(m_document->scheme(), m_rows);
    if (kinds & everywhere)
        emitAll();
    emit settled();
}

bool SpanListModel::isShown(const Annotation& row) const
{
    return m_videos.contains(row.videoId) && row.layer == m_document->layer(row.videoId);
}

void SpanListModel::readSome(const std::vector<int64_t>& ids)
{
    std::vector<Annotation> versions; // before and after
    std::vector<int64_t> changed;
    for (const int64_t id : ids) {
        const int row = rowOf(id);
        const Annotation* now = m_document->annotation(id);
        now = now && isShown(*now) ? now : nullptr;
        if (row >= 0)
            versions.push_back(m_rows[static_cast<size_t>(row)]);
        if (now)
            versions.push_back(*now);
        if (row >= 0 && now) {
            count(m_rows[static_cast<size_t>(row)], -1);
            count(*now, 1);
            m_rows[static_cast<size_t>(row)] = *now;
            changed.push_back(id);
        } else if (row >= 0) {
            removeRow(id);
        } else if (now) {
            insertRow(*now);
        }
    }
    for (const int64_t id : m_contradictions.update(m_document->scheme(), m_rows, versions))
        changed.push_back(id);
    emitRows(std::move(changed));
}

void SpanListModel::removeRow(int64_t id)
{
    const int row = rowOf(id);
    beginRemoveRows({}, row, row);
    count(m_rows[static_cast<size_t>(row)], -1);
    m_rows.erase(m_rows.begin() + row);
    endRemoveRows();
}

void SpanListModel::insertRow(const Annotation& fresh)
{
    const auto at = std::ranges::lower_bound(m_rows, fresh, byId);
    const int row = static_cast<int>(at - m_rows.begin());
    beginInsertRows({}, row, row);
    count(fresh, 1);
    m_rows.insert(at, fresh);
    endInsertRows();
}

void SpanListModel::merge()
{
    std::vector<Annotation> rows = m_document->allAnnotations();
    std::ranges::sort(rows, byId);
    std::vector<int64_t> touched;
    size_t structural = 0;
    auto old = m_rows.begin();
    for (const Annotation& row : rows) {
        for (; old != m_rows.end() && old->id < row.id; ++old, ++structural)
            touched.push_back(old->id);
        const bool same = old != m_rows.end() && old->id == row.id;
        structural += same ? 0 : 1;
        if (!same || !(*old == row))
            touched.push_back(row.id);
        old += same ? 1 : 0;
    }
    for (; old != m_rows.end(); ++old, ++structural)
        touched.push_back(old->id);
    if (touched.size() <= kManyRows) {
        readSome(touched);
        return;
    }
    if (structural > 0)
        beginResetModel();
    readAll();
    if (structural > 0)
        endResetModel();
    else
        emitAll();
}

void SpanListModel::emitRows(std::vector<int64_t> ids)
{
    std::ranges::sort(ids);
    const auto repeated = std::ranges::unique(ids);
    ids.erase(repeated.begin(), repeated.end());
    if (ids.size() > kManyRows) {
        emitAll();
        return;
    }
    for (const int64_t id : ids)
        if (const int row = rowOf(id); row >= 0)
            emit dataChanged(index(row, 0), index(row, ColumnCount - 1));
}

void SpanListModel::emitAll()
{
    if (!m_rows.empty())
        emit dataChanged(index(0, 0), index(rowCount() - 1, ColumnCount - 1));
}

QString SpanListModel::contradiction(int64_t annotationId) const
{
    const int64_t partner = m_contradictions.partner(annotationId);
    const Annotation* self = partner == 0 ? nullptr : annotationAt(rowOf(annotationId));
    const Annotation* other = self ? annotationAt(rowOf(partner)) : nullptr;
    if (!other)
        return {};
    return tr("\"%1\" excludes \"%2\", which overlaps it on the same person at frames %3 to %4: change or "
              "reject one of them.")
        .arg(classText(m_document->scheme(), self->classId), classText(m_document->scheme(), other->classId))
        .arg(std::max(self->span.first, other->span.first))
        .arg(std::min(self->span.last, other->span.last) - 1);
}

void SpanListModel::setRescored(std::map<int64_t, std::vector<float>> fused)
{
    std::swap(m_rescored, fused);
    // Also of spans that are not there now: an undo may bring them back.
    for (const auto* some : {&m_rescored, &fused})
        for (const auto& [prediction, probabilities] : *some)
            m_digests.erase(prediction);
    std::vector<int64_t> ids;
    for (const Annotation& row : m_rows)
        if (m_rescored.contains(row.predictionId) || fused.contains(row.predictionId))
            ids.push_back(row.id);
    emitRows(std::move(ids));
    emit settled();
}

void SpanListModel::setFacts(std::unordered_map<int64_t, SpanFacts> facts)
{
    m_facts = std::move(facts);
    emitAll();
    emit settled();
}

void SpanListModel::setAuditShare(double share)
{
    if (share == m_auditShare)
        return;
    m_auditShare = share;
    emitAll();
    emit settled();
}

const SpanDigest* SpanListModel::digest(const Annotation& row) const
{
    if (row.predictionId == 0)
        return nullptr;
    const auto known = m_digests.find(row.predictionId);
    if (known != m_digests.end())
        return &known->second;
    const auto prediction = m_document->prediction(row.predictionId);
    if (!prediction) // its numbers may be on their way from a server: asked again when they are there
        return nullptr;
    const auto newer = m_rescored.find(row.predictionId);
    SpanDigest made = digestOf(*prediction, newer != m_rescored.end() ? &newer->second : nullptr);
    return &m_digests.emplace(row.predictionId, std::move(made)).first->second;
}

SpanFacts SpanListModel::facts(const Annotation& row) const
{
    const auto known = m_facts.find(row.predictionId);
    return known == m_facts.end() ? SpanFacts() : known->second;
}

double SpanListModel::seconds(const Annotation& row) const
{
    const auto video = m_videos.find(row.videoId);
    const double fps = video == m_videos.end() ? 0 : video->fps;
    return static_cast<double>(row.span.length()) / (fps > 0 ? fps : 25.0);
}

bool SpanListModel::isProposal(const Annotation& row) const
{
    const auto video = m_videos.find(row.videoId);
    return row.predictionId != 0 && video != m_videos.end() && row.predictionId >= video->firstPrediction
        && row.predictionId < video->firstPrediction + video->predictions;
}

bool SpanListModel::isAudited(const Annotation& row) const
{
    return isProposal(row) && auditPlace(row.predictionId) < m_auditShare;
}

Verdict SpanListModel::verdict(const Annotation& row) const
{
    switch (row.state) {
    case SpanState::Proposed:
        return Verdict::Open;
    case SpanState::Rejected:
        return Verdict::Wrong;
    case SpanState::Skipped:
    case SpanState::Flagged:
        return Verdict::Unclear;
    default:
        break;
    }
    // Of a gesture without a name only that it is one was proposed.
    const SpanDigest* about = digest(row);
    const int proposed = about ? about->proposed : -1;
    return proposed < 0 || proposed == row.classId ? Verdict::Right : Verdict::Wrong;
}

std::map<int, StopEstimate> SpanListModel::stopEstimates() const
{
    std::map<int, std::vector<AuditedItem>> items;
    std::unordered_set<int64_t> seen; // the parts of a span that was split are one proposal
    for (const Annotation& row : m_rows) {
        if (!isProposal(row) || !seen.insert(row.predictionId).second)
            continue;
        const AuditedItem item{auditPlace(row.predictionId), verdict(row)};
        const SpanDigest* about = row.state == SpanState::Proposed ? nullptr : digest(row);
        items[about ? about->proposed : row.classId].push_back(item);
        items[kAllClasses].push_back(item);
    }
    std::map<int, StopEstimate> estimates;
    for (const auto& [classId, some] : items)
        estimates[classId] = stopEstimate(some, m_auditShare);
    return estimates;
}

SpanScores SpanListModel::scores(const Annotation& row) const
{
    const SpanDigest* about = digest(row);
    return about ? about->scores : SpanScores();
}

QString SpanListModel::tipOf(const Annotation& row) const
{
    const LabelScheme& scheme = m_document->scheme();
    QString text = tr("%1, frames %2 to %3, %4")
                       .arg(classLongText(scheme, row.classId))
                       .arg(row.span.first)
                       .arg(row.span.last - 1)
                       .arg(stateText(row.state));
    if (isAudited(row))
        text += QLatin1Char('\n')
            + tr("Audit item: drawn at random, so that the precision of the others can be estimated.");
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
    const SpanDigest* about = row ? digest(*row) : nullptr;
    if (!about)
        return {};
    std::vector<Candidate> best = about->best;
    dropRetired(best, m_document->scheme());
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

QString SpanListModel::classTextAt(const Annotation& row) const
{
    QString text = classText(m_document->scheme(), row.classId);
    if (isAudited(row))
        text = QStringLiteral("\u25ce %1").arg(tr("%1 (audit)").arg(text));
    return m_contradictions.partner(row.id) != 0 ? QStringLiteral("\u26a0 %1").arg(text) : text;
}

QVariant SpanListModel::textAt(const Annotation& row, int column) const
{
    switch (column) {
    case ClassColumn:
        return classTextAt(row);
    case ScoreColumn: {
        const SpanDigest* about = digest(row);
        return about && !about->best.empty() ? percentText(about->best.front().probability) : QString();
    }
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
    const SpanDigest* about = digest(*row);
    switch (role) {
    case Qt::DisplayRole:
        return textAt(*row, index.column());
    case Qt::DecorationRole:
        return index.column() == ClassColumn ? classDecoration(m_document->scheme(), row->classId)
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
        return about && !about->best.empty() ? about->best.front().probability : -1.0;
    case MarginRole:
        return about ? about->margin() : -1.0;
    case DetectorRole:
        return scores(*row).detector;
    case EnsembleRole:
        return scores(*row).ensemble;
    case TogetherRole:
        return scores(*row).together;
    case ConsensusRole:
        return about && about->consensus;
    case AuditRole:
        return isAudited(*row);
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
