// SPDX-FileCopyrightText: 2026 The Watchglass authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "net/socketjob.h"
#include "net/whoisclient.h"

namespace wg {

/// One WHOIS question from queue to answer. Lives on the net thread, owned by the client.
class WhoisJob final : public AnsweredJob<WhoisAnswer>
{
public:
    WhoisJob(SocketRoom &room, WhoisQuestion question, Ended ended);

private:
    [[nodiscard]] Result<QUrl> server() const override;
    void connectTo(const QString &place, quint16 port) override;
    void reached() override;
    void gone(const QString &why) override;
    void bytesCame();
    void closed();

    WhoisQuestion m_question;
    QByteArray m_text;
    QTcpSocket &m_socket; ///< the job's own
};

} // namespace wg
