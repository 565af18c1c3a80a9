// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Telltale authors
#include "learn/clips/clipview.h"
#include "base/sha256.h"
#include "learn/clips/clipsetjson.h"

namespace telltale {

namespace {

class RoleView : public ClipSet {
public:
    RoleView(std::shared_ptr<const ClipSet> set, const std::map<std::string, ClipRole>& roles)
        : m_set(std::move(set))
        , m_clips(m_set->clips())
    {
        for (ClipInfo& clip : m_clips)
            if (const auto found = roles.find(clip.subject); found != roles.end())
                clip.role = found->second;
        m_digest = hexOf(sha256(m_set->digest() + textOf(m_clips))).substr(0, m_set->digest().size());
    }

    const ClipSetInfo& info() const override { return m_set->info(); }
    const std::vector<ClipInfo>& clips() const override { return m_clips; }
    std::span<const float> points(size_t clip) const override { return m_set->points(clip); }
    std::span<const uint8_t> rgb(size_t clip) const override { return m_set->rgb(clip); }
    std::string digest() const override { return m_digest; }

private:
    std::shared_ptr<const ClipSet> m_set;
    std::vector<ClipInfo> m_clips;
    std::string m_digest;
};

} // namespace

std::shared_ptr<const ClipSet> withRoles(
    std::shared_ptr<const ClipSet> set, const std::map<std::string, ClipRole>& roles)
{
    return std::make_shared<RoleView>(std::move(set), roles);
}

} // namespace telltale
