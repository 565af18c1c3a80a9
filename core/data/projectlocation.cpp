// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "data/projectlocation.h"
#include "base/files.h"
#include <QStandardPaths>
#include <QString>
#include <algorithm>
#include <array>
#include <cctype>
#include <charconv>
#include <nlohmann/json.hpp>
#include <optional>

namespace telltale {
namespace {

namespace fs = std::filesystem;
using nlohmann::json;

constexpr const char* kDatabaseFile = "project.db";
constexpr const char* kTeamFile = "team.json";
constexpr const char* kHidden = "***";
constexpr size_t kLongestProjectName = 40; // leaves room in a notification channel's 63 bytes
constexpr std::array<std::string_view, 2> kSchemes{"postgresql://", "postgres://"};

/// What a URL may set beside the fields of ProjectLocation.
constexpr std::array<std::string_view, 8> kSettings{"sslmode", "sslrootcert", "sslcert", "sslkey", "sslcrl",
    "channel_binding", "gssencmode", "connect_timeout"};

/// Unless the URL says otherwise: a server that vanished is noticed within seconds.
const std::map<std::string, std::string>& defaultSettings()
{
    static const std::map<std::string, std::string> settings{{"application_name", "telltale"},
        {"connect_timeout", "5"}, {"keepalives_idle", "5"}, {"keepalives_interval", "2"},
        {"keepalives_count", "3"}, {"tcp_user_timeout", "10000"}};
    return settings;
}

Error badUrl(std::string_view text, const std::string& what)
{
    return {ErrorCode::InvalidArgument, withoutPassword(text) + ": " + what};
}

std::optional<std::string> percentDecoded(std::string_view text)
{
    std::string out;
    for (size_t i = 0; i < text.size(); ++i) {
        unsigned char byte = static_cast<unsigned char>(text[i]);
        if (byte == '%') {
            const std::string_view digits = text.substr(i + 1, 2);
            const auto read = std::from_chars(digits.data(), digits.data() + digits.size(), byte, 16);
            if (digits.size() != 2 || read.ptr != digits.data() + 2)
                return std::nullopt;
            i += 2;
        }
        if (byte == 0)
            return std::nullopt;
        out += static_cast<char>(byte);
    }
    return out;
}

std::string percentEncoded(std::string_view text, std::string_view alsoPlain = {})
{
    static constexpr std::string_view kDigits = "0123456789ABCDEF";
    std::string out;
    for (const char c : text) {
        const auto byte = static_cast<unsigned char>(c);
        const bool letter = byte < 128 && std::isalnum(byte);
        if (letter || std::string_view("-._~").find(c) != std::string_view::npos
            || alsoPlain.find(c) != std::string_view::npos)
            out += c;
        else
            out.append({'%', kDigits[byte >> 4], kDigits[byte & 15]});
    }
    return out;
}

bool isSchemaName(std::string_view name)
{
    return !name.empty() && name.size() <= kLongestProjectName && name.front() >= 'a' && name.front() <= 'z'
        && !name.starts_with("pg_") && name != "information_schema" && name != "public"
        && std::ranges::all_of(
            name, [](char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_'; });
}

/// Takes one URL apart into `place`; every sentence hides the password.
class UrlParser {
public:
    UrlParser(std::string_view text, ProjectLocation& place) : m_text(text), m_place(place) { }

    Status parse(std::string_view afterScheme)
    {
        m_place.store = ProjectLocation::Store::Postgres;
        const size_t query = afterScheme.find('?');
        const std::string_view address = afterScheme.substr(0, query);
        const size_t slash = address.find('/');
        if (auto status = authority(address.substr(0, slash)); !status)
            return status;
        if (slash != std::string_view::npos)
            if (auto status = decode(address.substr(slash + 1), m_place.database, "the database"); !status)
                return status;
        std::string_view rest
            = query == std::string_view::npos ? std::string_view() : afterScheme.substr(query + 1);
        while (!rest.empty()) {
            const size_t end = rest.find('&');
            if (auto status = parameter(rest.substr(0, end)); !status)
                return status;
            rest = end == std::string_view::npos ? std::string_view() : rest.substr(end + 1);
        }
        return finish();
    }

private:
    Status decode(std::string_view part, std::string& field, const char* what) const
    {
        auto plain = percentDecoded(part);
        if (!plain)
            return badUrl(m_text,
                std::string("a % in ") + what
                    + " is followed by two hexadecimal digits (write %25 for % itself)");
        field = std::move(*plain);
        return {};
    }

    Status authority(std::string_view part)
    {
        if (const size_t at = part.rfind('@'); at != std::string_view::npos) {
            const std::string_view who = part.substr(0, at);
            const size_t colon = who.find(':');
            if (auto status = decode(who.substr(0, colon), m_place.user, "the user"); !status)
                return status;
            if (colon != std::string_view::npos)
                if (auto status = decode(who.substr(colon + 1), m_place.password, "the password"); !status)
                    return status;
            part = part.substr(at + 1);
        }
        size_t colon = part.rfind(':');
        if (part.starts_with('[')) {
            const size_t bracket = part.find(']');
            if (bracket == std::string_view::npos)
                return badUrl(m_text, "the address in brackets has no ]");
            if (auto status = decode(part.substr(1, bracket - 1), m_place.host, "the host"); !status)
                return status;
            if (bracket + 1 == part.size())
                return {};
            if (part[bracket + 1] != ':')
                return badUrl(m_text, "after ] comes :port or /database");
            colon = bracket + 1;
        } else if (part.find(':') != colon) {
            return badUrl(
                m_text, "an IPv6 address stands in brackets, as in postgresql://[::1]:5432/database");
        } else if (auto status = decode(part.substr(0, colon), m_place.host, "the host"); !status) {
            return status;
        }
        return colon == std::string_view::npos || colon + 1 == part.size() ? Status()
                                                                           : port(part.substr(colon + 1));
    }

    Status port(std::string_view digits)
    {
        const auto read = std::from_chars(digits.data(), digits.data() + digits.size(), m_place.port);
        if (read.ec != std::errc() || read.ptr != digits.data() + digits.size() || m_place.port < 1
            || m_place.port > 65535)
            return badUrl(m_text,
                "the port is a number from 1 to 65535 (in a password write %40 for @, %2F for /, %3A for :)");
        return {};
    }

    Status parameter(std::string_view pair)
    {
        const size_t equals = pair.find('=');
        std::string key;
        if (auto status = decode(pair.substr(0, equals), key, "what follows ?"); !status)
            return status;
        std::string value;
        if (equals != std::string_view::npos)
            if (auto status = decode(pair.substr(equals + 1), value, "what follows ?"); !status)
                return status;
        if (key == "port")
            return port(value);
        const std::map<std::string_view, std::string*> fields{{"host", &m_place.host},
            {"user", &m_place.user}, {"password", &m_place.password}, {"project", &m_place.project}};
        if (const auto field = fields.find(key); field != fields.end()) {
            const bool taken = key != "project" && !field->second->empty();
            if (taken && *field->second != value)
                return badUrl(m_text, "it names the " + key + " twice");
            *field->second = value;
            return {};
        }
        if (std::ranges::find(kSettings, key) == kSettings.end())
            return badUrl(m_text,
                "it sets what is not known here; after ? stand host, port, user, project, " + known()
                    + ", with & between them");
        if (value.find(';') != std::string::npos)
            return badUrl(m_text, "a ; in " + key + " cannot be handed on to PostgreSQL, rename the file");
        m_place.settings[key] = value;
        return {};
    }

    static std::string known()
    {
        std::string names;
        for (const std::string_view name : kSettings)
            names += (names.empty() ? "" : ", ") + std::string(name);
        return names;
    }

    Status finish() const
    {
        if (m_place.database.empty())
            return badUrl(m_text, "it names no database, as in postgresql://anna@server/database");
        if (!isSchemaName(m_place.project))
            return badUrl(m_text,
                "a project's name on a server has 1 to " + std::to_string(kLongestProjectName)
                    + " lower-case letters, digits and _, begins with a letter and is neither public nor "
                      "pg_..., "
                      "as in ?project=smg_2026");
        return {};
    }

    std::string_view m_text;
    ProjectLocation& m_place;
};

bool isSocketFolder(const std::string& host) { return host.starts_with('/'); }

/// The account's own folder for a store: a name that people recognise and a digest that tells stores apart.
/// The user is part of it, because unsent edits are signed by one person.
fs::path defaultFolder(const ProjectLocation& place)
{
    std::string host = place.host;
    std::ranges::transform(host, host.begin(), [](unsigned char c) { return std::tolower(c); });
    const std::string identity = host + '\n' + std::to_string(place.port == 0 ? 5432 : place.port) + '\n'
        + place.database + '\n' + place.user + '\n' + place.project;
    std::string name = host.empty() || isSocketFolder(host) ? "this-machine" : host.substr(0, 40);
    std::ranges::replace_if(
        name, [](unsigned char c) { return c >= 128 || (!std::isalnum(c) && c != '.' && c != '-'); }, '_');
    const QString base = QStandardPaths::writableLocation(QStandardPaths::GenericDataLocation);
    return fs::path(base.toStdString()) / "Telltale" / "teams"
        / (place.project + "-on-" + name + "-" + contentDigest(identity).substr(0, 8));
}

std::string quotedForLibpq(std::string_view value)
{
    std::string out = "'";
    for (const char c : value) {
        if (c == '\'' || c == '\\')
            out += '\\';
        out += c;
    }
    return out + "'";
}

} // namespace

std::string ProjectLocation::textWithoutPassword() const
{
    if (!isTeam())
        return folder.string();
    std::string text = "postgresql://";
    if (!user.empty())
        text += percentEncoded(user) + "@";
    const bool socket = isSocketFolder(host);
    if (!socket && host.find(':') != std::string::npos)
        text.append("[").append(percentEncoded(host, ":")).append("]");
    else if (!socket)
        text += percentEncoded(host);
    if (port != 0)
        text.append(":").append(std::to_string(port));
    text.append("/").append(percentEncoded(database)).append("?");
    if (socket)
        text.append("host=").append(percentEncoded(host, "/:")).append("&");
    text += "project=" + project;
    for (const auto& [key, value] : settings)
        text.append("&").append(key).append("=").append(percentEncoded(value, "/"));
    return text;
}

std::string ProjectLocation::connectOptions() const
{
    std::map<std::string, std::string> all = settings;
    all.insert(defaultSettings().begin(), defaultSettings().end());
    all["options"] = "-c client_min_messages=warning -c search_path=" + project;
    std::string text;
    for (const auto& [key, value] : all)
        text += (text.empty() ? "" : ";") + key + "=" + quotedForLibpq(value);
    return text;
}

Result<ProjectLocation> ProjectLocation::parse(std::string_view text)
{
    ProjectLocation place;
    for (const std::string_view scheme : kSchemes)
        if (text.starts_with(scheme)) {
            if (auto status = UrlParser(text, place).parse(text.substr(scheme.size())); !status)
                return status.error();
            place.folder = defaultFolder(place);
            return place;
        }
    if (text.empty())
        return Error{ErrorCode::InvalidArgument, "no project is named: give a folder or a postgresql:// URL"};
    if (text.find("://") != std::string_view::npos)
        return badUrl(text, "a project is a folder or a URL that begins with postgresql://");
    place.folder = fs::path(text);
    const fs::path file = place.folder.filename();
    if (file == kDatabaseFile || file == kTeamFile)
        place.folder = place.folder.has_parent_path() ? place.folder.parent_path() : fs::path(".");
    return place;
}

std::string withoutPassword(std::string_view text)
{
    std::string shown(text);
    const size_t scheme = shown.find("://");
    if (scheme == std::string::npos)
        return shown;
    const size_t start = scheme + 3;
    const size_t at = shown.rfind('@');
    if (at != std::string::npos && at >= start) {
        const size_t colon = shown.find(':', start);
        if (colon < at)
            shown.replace(colon + 1, at - colon - 1, kHidden);
    } else if (shown.compare(start, 1, "[") != 0) {
        // Without @ what follows the host's : is a port; anything but digits may be a password gone astray.
        const size_t colon = shown.find(':', start);
        const size_t end = std::min(shown.find_first_of("/?", start), shown.size());
        if (colon < end && (end - colon > 6 || shown.find_first_not_of("0123456789", colon + 1) < end))
            shown.replace(colon + 1, std::string::npos, kHidden);
    }
    static constexpr std::string_view kKey = "password=";
    for (size_t key = shown.find(kKey, start); key != std::string::npos; key = shown.find(kKey, key + 1)) {
        const size_t from = key + kKey.size();
        shown.replace(from, std::min(shown.find('&', from), shown.size()) - from, kHidden);
    }
    return shown;
}

Result<ProjectLocation> locate(const std::string& text)
{
    auto place = ProjectLocation::parse(text);
    if (!place || place->isTeam())
        return place;
    std::error_code ec;
    const fs::path& folder = place->folder;
    if (!fs::exists(folder, ec))
        return Error{ErrorCode::NotFound, folder.string() + ": there is no such folder"};
    const bool database = fs::is_regular_file(folder / kDatabaseFile, ec);
    const bool team = fs::is_regular_file(folder / kTeamFile, ec);
    if (database && team)
        return Error{ErrorCode::Conflict,
            folder.string()
                + ": holds both project.db and team.json, so it is unclear which one is meant; move one of "
                  "them away"};
    if (team)
        return readTeamFile(folder);
    if (!database)
        return Error{ErrorCode::BadFormat,
            folder.string()
                + ": is not a Telltale project (it holds no project.db), make one with 'project new'"};
    return place;
}

Status writeTeamFile(const ProjectLocation& location)
{
    if (!location.isTeam())
        return Error{ErrorCode::InvalidArgument,
            location.folder.string() + ": team.json is for projects on a server, this one is a folder"};
    if (auto status = ensureWritableFolder(location.folder); !status)
        return status;
    std::error_code ec;
    if (fs::exists(location.folder / kDatabaseFile, ec))
        return Error{ErrorCode::Conflict,
            location.folder.string()
                + ": holds a project of its own (project.db), choose another folder for the team project"};
    return writeFileAtomically(
        location.folder / kTeamFile, json{{"store", location.textWithoutPassword()}}.dump(2) + "\n");
}

Result<ProjectLocation> readTeamFile(const fs::path& folder)
{
    const fs::path file = folder / kTeamFile;
    const auto content = readFile(file);
    if (!content)
        return content.error();
    const json parsed = json::parse(*content, nullptr, false);
    const auto store = parsed.is_object() ? parsed.find("store") : parsed.end();
    if (!parsed.is_object() || store == parsed.end() || !store->is_string())
        return Error{ErrorCode::BadFormat,
            file.string()
                + R"(: is damaged; it reads {"store": "postgresql://user@server/database?project=name"})"};
    auto place = ProjectLocation::parse(store->get<std::string>());
    if (!place)
        return Error{ErrorCode::BadFormat, file.string() + ": " + place.error().message};
    if (!place->isTeam())
        return Error{ErrorCode::BadFormat, file.string() + ": \"store\" is a postgresql:// URL"};
    if (!place->password.empty())
        return Error{ErrorCode::BadFormat,
            file.string()
                + ": holds a password, and a project's folder gets copied; take it out here and put it into "
                  "~/.pgpass"};
    place->folder = folder;
    return place;
}

} // namespace telltale
