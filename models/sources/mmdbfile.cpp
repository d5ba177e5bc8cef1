// SPDX-FileCopyrightText: 2026 The Watchglass authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "sources/mmdbfile.h"

#include <QFile>
#include <maxminddb.h>

using namespace Qt::StringLiterals;

namespace wg {

namespace {

constexpr uint32_t longestText = 1000;

template <typename... Step>
QString textAt(MMDB_entry_s &entry, const Step *...steps)
{
    MMDB_entry_data_s data{};
    const int status = MMDB_get_value(&entry, &data, steps..., static_cast<char *>(nullptr));
    if (status != MMDB_SUCCESS || !data.has_data || data.type != MMDB_DATA_TYPE_UTF8_STRING)
        return {};
    return QString::fromUtf8(data.utf8_string, qsizetype(std::min(data.data_size, longestText)));
}

quint32 numberAt(MMDB_entry_s &entry, const char *name)
{
    MMDB_entry_data_s data{};
    const int status = MMDB_get_value(&entry, &data, name, static_cast<char *>(nullptr));
    const bool number =
        status == MMDB_SUCCESS && data.has_data && data.type == MMDB_DATA_TYPE_UINT32;
    return number ? data.uint32 : 0;
}

QString wordsOf(int status)
{
    return QString::fromUtf8(MMDB_strerror(status));
}

} // namespace

struct MmdbFile::Map
{
    Map() = default;
    ~Map()
    {
        if (open)
            MMDB_close(&db);
    }
    Map(const Map &) = delete;
    Map &operator=(const Map &) = delete;

    MMDB_s db{};
    bool open = false;
};

MmdbFile::MmdbFile(std::unique_ptr<Map> map)
    : m_map(std::move(map))
{ }

MmdbFile::~MmdbFile() = default;

Result<std::shared_ptr<MmdbFile>> MmdbFile::open(const QString &path)
{
    const QFileInfo info(path);
    // A pipe or a device would keep us waiting, or be mapped for ever.
    if (!info.isFile() || !info.isReadable()) {
        return Error{ErrorCode::Refused,
                     u"the file %1 is not there, or cannot be read"_s.arg(path)};
    }
    auto map = std::make_unique<Map>();
    const int status = MMDB_open(QFile::encodeName(path).constData(), MMDB_MODE_MMAP, &map->db);
    if (status != MMDB_SUCCESS) {
        return Error{ErrorCode::Malformed,
                     u"the file %1 is no MaxMind file: %2"_s.arg(path, wordsOf(status))};
    }
    map->open = true;
    std::shared_ptr<MmdbFile> file(new MmdbFile(std::move(map)));
    file->m_path = path;
    file->m_modified = info.lastModified();
    file->m_size = info.size();
    return file;
}

bool MmdbFile::isCurrent() const
{
    const QFileInfo now(m_path);
    return now.isFile() && now.lastModified() == m_modified && now.size() == m_size;
}

Result<QJsonObject> MmdbFile::about(const QString &address) const
{
    const MMDB_metadata_s &metadata = m_map->db.metadata;
    QJsonObject told{
        {u"file"_s, QString::fromUtf8(metadata.database_type).left(longestText)},
        {u"built"_s, toRfc3339(Instant::fromSeconds(qint64(metadata.build_epoch & 0xffff'ffff)))}};
    if (metadata.ip_version == 4 && address.contains(u':'))
        return told; // a file without IPv6 knows none of it
    int notAddress = 0;
    int status = MMDB_SUCCESS;
    MMDB_lookup_result_s found =
        MMDB_lookup_string(&m_map->db, address.toLatin1().constData(), &notAddress, &status);
    if (notAddress != 0 || status != MMDB_SUCCESS) {
        return Error{ErrorCode::Malformed,
                     u"the MaxMind file is damaged: %1"_s.arg(wordsOf(status))};
    }
    if (!found.found_entry)
        return told;
    const auto fill = [&](const QString &name, const QString &text) {
        if (!text.isEmpty())
            told.insert(name, text);
    };
    if (const quint32 asn = numberAt(found.entry, "autonomous_system_number"))
        told.insert(u"asn"_s, qint64(asn));
    fill(u"organisation"_s, textAt(found.entry, "autonomous_system_organization"));
    fill(u"country"_s, textAt(found.entry, "country", "iso_code"));
    fill(u"country_name"_s, textAt(found.entry, "country", "names", "en"));
    fill(u"city"_s, textAt(found.entry, "city", "names", "en"));
    return told;
}

} // namespace wg
