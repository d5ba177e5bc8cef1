// SPDX-FileCopyrightText: 2026 The Watchglass authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "sources/tablereader.h"

#include "sources/tablehead.h"

using namespace Qt::StringLiterals;

namespace wg {

namespace {

/// A row of more is taken for one whose quotation mark was forgotten.
constexpr std::size_t mostLines = 200;
constexpr qsizetype mostBytes = 1 << 20;

} // namespace

TableReader::TableReader(LineBuffer &lines, TableLine line, HalfRow halfRow)
    : m_buffer(lines)
    , m_line(std::move(line))
    , m_halfRow(halfRow)
    , m_cells(m_line.columns().separator)
    , m_begun(m_line.columns().headless)
{ }

/// Lines that are too long are told by the row they belong to.
bool TableReader::nextLine(QByteArray &line)
{
    if (!m_again.empty()) {
        line = m_again.front();
        m_again.pop_front();
        ++m_lines;
        return true;
    }
    TextLine text;
    if (!m_buffer.next(text))
        return false;
    ++m_lines;
    m_ended = text.ended;
    line = text.tooLong ? QByteArray() : text.whole.toByteArray();
    if (text.tooLong)
        m_trouble = u"the line is longer than 1 MiB"_s;
    return true;
}

/// Puts a row together, which begins with this line.
void TableReader::readOn(QByteArray line)
{
    std::deque<QByteArray> behind;
    qsizetype bytes = line.size();
    m_cells.clear();
    while (m_trouble.isEmpty() && !m_cells.take(line)) {
        if (behind.size() >= mostLines || bytes > mostBytes || !nextLine(line)) {
            m_trouble = u"a quotation mark is not closed"_s;
            break;
        }
        behind.push_back(line);
        bytes += line.size();
    }
    if (m_trouble.isEmpty())
        return;
    m_lines -= qint64(behind.size());
    m_again.insert(m_again.begin(), behind.begin(), behind.end());
}

bool TableReader::isHalfRow() const
{
    return !m_ended && m_again.empty()
        && (!m_trouble.isEmpty() || m_cells.cells().size() < m_line.columns().header.size());
}

Result<TableReader::Row> TableReader::next(QList<Record> &out)
{
    QByteArray line;
    while (true) {
        m_trouble.clear();
        if (!nextLine(line)) {
            if (!m_buffer.error().isEmpty())
                return Error{ErrorCode::Failed, m_buffer.error()};
            return Row::End;
        }
        m_row = m_lines;
        if (m_trouble.isEmpty() && (isTableComment(line) || line.trimmed().isEmpty()))
            continue;
        readOn(line);
        // The header was read before; a header in a comment is passed over with the comments.
        const bool header = !std::exchange(m_begun, true) && m_line.isHeader(m_cells.cells());
        if (header)
            continue;
        if (m_halfRow == HalfRow::PassedOver && isHalfRow()) {
            m_trouble.clear();
            --m_lines;
            return Row::End;
        }
        if (m_trouble.isEmpty())
            m_trouble = m_line.read(m_cells.cells(), out);
        return Row::Read;
    }
}

} // namespace wg
