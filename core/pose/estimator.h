// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#pragma once
#include "base/result.h"
#include "pose/posetrack.h"
#include <array>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <span>
#include <string>
#include <vector>

namespace telltale {

/// A rectangle in pixels of the displayed picture; empty where `width` is 0.
struct PoseBox {
    float x = 0;
    float y = 0;
    float width = 0;
    float height = 0;
    bool empty() const { return !(width > 0) || !(height > 0); }
};

/// A limb whose direction a pair of maps shows (part affinity field).
struct LimbField {
    int from = 0; ///< points of the layout
    int to = 0;
    int mapX = 0; ///< among the direction maps, counted from the first one
    int mapY = 0;
};

/// How the outputs of a network become people. One flat record: each decoder reads what it knows.
struct DecoderOptions {
    double minScore = 0.1; ///< below this a point is missing
    int minPoints = 1; ///< people with fewer points are dropped
    /// A body without a head and without shoulders is none: hands and furniture look like legs to a model
    /// that always answers.
    bool needsHead = false;
    bool softmax = false; ///< simcc: rows are logits
    double split = 2; ///< simcc: bins per pixel of the input
    /// regression: what the numbers of a point are: "x", "y", "z", "score", "visibility", "presence".
    std::vector<std::string> fields{"y", "x", "score"};
    /// regression: what follows the points of a person: "score", "xmin", "ymin", "xmax", "ymax".
    std::vector<std::string> tail;
    bool normalised = true; ///< regression, boxes: places are shares of the input, not its pixels
    bool sigmoid = false; ///< regression: scores are logits
    std::vector<LimbField> limbs; ///< heatmap_paf; empty: the table of openpose18
    double minPersonScore
        = 0.2; ///< people below this are dropped (heatmap_paf, regression with a tail, boxes)
    int personClass = 0; ///< boxes: the class that is a person
};

/// How to feed and read a pose network. A card file (`MODEL.card.json` beside the model, or a built-in rule
/// for the model's output shape) gives it; docs/pose-models.md describes each key.
struct PoseModelCard {
    std::string name;
    std::string layout = "mobile14"; ///< of core/pose/layout.h; empty for a model that finds boxes only
    std::string decoder = "heatmap"; ///< a row of poseDecoders()
    DecoderOptions options;
    int inputWidth = 192;
    int inputHeight = 192;
    /// A value v of 0..255 becomes (v - mean) * scale, per channel in the order in which the network takes
    /// them.
    std::array<double, 3> mean{0, 0, 0};
    std::array<double, 3> scale{1, 1, 1};
    bool rgb = false; ///< channel order of the input
    bool channelsLast = false; ///< input is [N, H, W, 3]
    enum class Fit { Letterbox, Stretch, Crop };
    Fit fit = Fit::Letterbox; ///< Crop: a box with margins of the input's shape, cut out of the picture
    double margin = 1.25; ///< Crop: the box grows by this factor
    /// Where the box of a person comes from: "picture", "previous" (the pose in the picture before, which
    /// makes the order of pictures matter) or "detector".
    std::string boxes = "picture";
    std::string detector; ///< NAME or file (relative to the card) of the model that finds the boxes
    std::vector<std::string> outputs; ///< names in the order in which the decoder takes them; empty: all
    int batch = 1; ///< pictures or persons that one call of the network takes at most
    std::string licence;
    std::string source; ///< where the model can be had
    std::string sha256; ///< of the model file; empty: not checked
};

/// A person in one picture.
struct PosePerson {
    std::vector<PosePoint> points; ///< of the card's layout, pixels of the picture
    PoseBox box; ///< around the points, or as the model gives it
    float score = 0;
};

/// A picture for a network: packed rows of width * 4 bytes B, G, R, x. It may be a smaller version of the
/// picture in whose pixels the answer is given.
struct PosePicture {
    std::span<const uint8_t> bgra;
    int width = 0;
    int height = 0;
    int fullWidth = 0; ///< of the picture in whose pixels points are given; 0: `width`
    int fullHeight = 0;
    std::vector<PoseBox>
        boxes; ///< of persons, in full pixels, where somebody knows them; else as the card says
};

using PosePeople = std::vector<PosePerson>;

/// Finds people in pictures. Belongs to one thread; computes on that thread alone.
class PoseEstimator {
public:
    virtual ~PoseEstimator() = default;
    virtual const PoseModelCard& card() const = 0;
    /// "opencv", "torchscript" or "onnxruntime".
    virtual std::string backend() const = 0;
    /// Answers depend on the pictures that were asked before, so they must come in order.
    virtual bool needsOrder() const = 0;
    /// More than one person may come out; otherwise whoever comes out is the same person.
    virtual bool severalPeople() const = 0;
    /// Where a picture may come scaled to that size (with its full size beside it) without loss, because the
    /// network sees the whole picture; nothing to gain where the numbers are 0.
    virtual std::array<int, 2> usefulSize(int width, int height) const = 0;
    /// People of each picture, best first, in full pixels. InvalidArgument for a picture without pixels,
    /// BadFormat where an output has another shape than at opening, Internal where the network fails.
    virtual Result<std::vector<PosePeople>> estimate(std::span<const PosePicture> pictures) = 0;
    /// Forgets the pictures before (a jump in time).
    virtual void reset() = 0;

    /// The best person's points in one picture; all missing where there is nobody.
    Result<std::vector<PosePoint>> estimate(std::span<const uint8_t> bgra, int width, int height);
};

struct PoseModelOptions {
    std::filesystem::path card; ///< instead of the one beside the model
    std::string backend; ///< "opencv", "torchscript", "onnxruntime"; empty: by the kind of file
};

/// Opens a model: ONNX, TensorFlow and Caffe through OpenCV's DNN module (ONNX through ONNX Runtime where it
/// was asked for and built in), TorchScript through LibTorch. NotFound; BadFormat when the backend refuses
/// it, when its digest is not the card's, or when its outputs are not those that the card's decoder wants:
/// the message says what was found and what is wanted. Unsupported: this build has no such backend.
Result<std::unique_ptr<PoseEstimator>> openPoseModel(
    const std::filesystem::path& file, const PoseModelOptions& options = {});

/// Content of a model and its card (of the one that openPoseModel() would take): 32 hexadecimal digits. The
/// same digest, the same points. NotFound, Io.
Result<std::string> poseModelDigest(const std::filesystem::path& file, const PoseModelOptions& options = {});

/// Names of the backends of this build.
std::vector<std::string> poseBackends();

/// Folders in which a model is looked up by its name: the user's ($XDG_DATA_HOME/telltale/models), then
/// models/pose of the program.
std::vector<std::filesystem::path> poseModelFolders();
/// The file of a model that is given by a path or by the name of a file (with or without its extension) or a
/// card in one of the folders. NotFound says where it was looked for and what to do.
Result<std::filesystem::path> findPoseModel(const std::string& nameOrFile);

/// What `telltale-cli models list` shows.
struct KnownPoseModel {
    std::string name; ///< as findPoseModel() takes it
    std::filesystem::path card; ///< empty: built-in rule
    std::filesystem::path file; ///< empty: only the card is here
    PoseModelCard content;
    std::string problem; ///< why it cannot be used; empty: it can
};
std::vector<KnownPoseModel> knownPoseModels();
/// Copies a model (and its card) into the user's folder after it was opened once. Errors of openPoseModel;
/// Conflict where another model has that name; Io.
Result<std::filesystem::path> addPoseModel(
    const std::filesystem::path& file, const std::filesystem::path& card = {});

} // namespace telltale
