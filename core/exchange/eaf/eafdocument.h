// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#pragma once
#include "exchange/xml/xmlfile.h"
#include <functional>
#include <optional>
#include <unordered_map>

namespace telltale {

/// What a tier of an EAF file may say about its parent tier (the stereotypes of the schema).
enum class EafConstraint { None, TimeSubdivision, IncludedIn, SymbolicSubdivision, SymbolicAssociation };
/// The child tiers in which this program keeps what EAF has no place for.
enum class EafRole { Spans, Score, State, Provenance };

/// One end of annotations. Several annotations may share one.
struct EafSlot {
    pugi::xml_node node;
    bool bad = false; ///< has a value that is no time
    bool aligned = false; ///< has a value of its own
    bool byOrder = false; ///< placed between its neighbours in TIME_ORDER
    std::optional<double> seconds; ///< of the time line of the file; interpolated where it has no value
};

struct EafTier {
    pugi::xml_node node;
    std::string name;
    std::string participant; ///< its own, else that of the nearest parent tier
    std::string annotator;
    std::string language; ///< LANG_REF
    std::string vocabulary; ///< CV_ID of its linguistic type
    int parent = -1; ///< index of the parent tier
    EafConstraint constraint = EafConstraint::None;
    EafRole role = EafRole::Spans;
    bool ours = false; ///< written by this program: `P1/human`, `P1/pred:MODEL`
    bool predicted = false; ///< ours, with proposals
    std::vector<int> annotations; ///< indices in order of the file
};

struct EafAnnotation {
    pugi::xml_node node; ///< ALIGNABLE_ANNOTATION or REF_ANNOTATION
    int tier = 0;
    bool reference = false;
    bool good = true; ///< has times; what is not good has been told as a problem
    int parent = -1; ///< the annotation that a reference stands on
    int previous = -1; ///< of a reference
    int first = -1; ///< time slots of an alignable annotation
    int last = -1;
    double start = 0; ///< seconds of the video
    double end = 0;
};

/// Gets the element and what is wrong with it.
using EafProblem = std::function<void(pugi::xml_node, std::string)>;

/// An EAF file (ELAN Annotation Format 2.7 to 3.0, EAFv3.0.xsd of the Max Planck Institute for
/// Psycholinguistics) with all references followed and all times worked out. One thread.
///
/// Times: the time line of the file starts at TIME_ORIGIN of the video (ELAN shows the picture at
/// annotation time + TIME_ORIGIN), so that is added. Slots without a value divide the space between the
/// values before and after them in equal parts: in a tier with a parent tier along the chain of annotations
/// that share their slots, else in the order of TIME_ORDER. References take the time of their parent; those
/// of a symbolic subdivision divide it in equal parts, in order of PREVIOUS_ANNOTATION.
class EafDocument {
public:
    /// BadFormat where it is no EAF file; what is wrong with single elements goes to `problem`.
    static Result<std::unique_ptr<EafDocument>> parse(const SourceFile& file, const EafProblem& problem);

    XmlFile& file() { return *m_file; }
    const std::vector<EafSlot>& timeSlots() const { return m_slots; }
    const std::vector<EafTier>& tiers() const { return m_tiers; }
    const std::vector<EafAnnotation>& annotations() const { return m_annotations; }
    /// Seconds of one step of TIME_VALUE.
    double unit() const { return m_unit; }
    /// Seconds of the video at time 0 of the file.
    double origin() const { return m_origin; }
    /// Of the media files the one with the pictures; null: none.
    pugi::xml_node media() const { return m_media; }
    /// HEADER/PROPERTY by name; empty: none.
    std::string property(const std::string& name) const;
    /// What an annotation is called: its value, else that of its entry in the vocabulary; nothing if the
    /// vocabulary has no such entry.
    std::optional<std::string> labelOf(const EafAnnotation& annotation) const;

private:
    struct Type {
        EafConstraint constraint = EafConstraint::None;
        std::string vocabulary;
    };

    EafDocument() = default;
    void readHeader(const EafProblem& problem);
    void readSlots(const EafProblem& problem);
    void readTypes();
    void readTiers(const EafProblem& problem);
    void finishTiers();
    void readAnnotations(const EafProblem& problem);
    void readOne(pugi::xml_node node, int tier, const EafProblem& problem);
    void followReferences(const EafProblem& problem);
    // eaftimes.cpp
    void interpolateSlots();
    void interpolateChains(const EafTier& tier);
    void divideBetween(const std::vector<int>& chain);
    void interpolateTimeOrder();
    std::vector<int> tiersParentsFirst() const;
    void alignAnnotations(const EafProblem& problem);
    void resolveReferences(const EafProblem& problem);
    struct Share;
    std::vector<Share> sharesOfSubdivisions(const EafProblem& problem);
    void placeReference(int index, const std::vector<Share>& shares, const EafProblem& problem);

    std::unique_ptr<XmlFile> m_file;
    double m_unit = 0.001;
    double m_origin = 0;
    pugi::xml_node m_media;
    std::vector<EafSlot> m_slots;
    std::vector<EafTier> m_tiers;
    std::vector<EafAnnotation> m_annotations;
    std::unordered_map<std::string, int> m_slotIndex;
    std::unordered_map<std::string, int> m_tierIndex;
    std::unordered_map<std::string, int> m_annotationIndex;
    std::unordered_map<std::string, Type> m_types;
    /// Entries of the vocabularies by "CV_ID\nCVE_ID".
    std::unordered_map<std::string, pugi::xml_node> m_entries;
};

} // namespace telltale
