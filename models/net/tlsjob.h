// SPDX-FileCopyrightText: 2026 The Watchglass authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "net/socketjob.h"
#include "net/tlsclient.h"

#include <QSslSocket>

namespace wg {

/// One handshake from queue to answer. Lives on the net thread, owned by the client.
class TlsJob final : public AnsweredJob<TlsAnswer>
{
public:
    TlsJob(SocketRoom &room, TlsQuestion question, Ended ended);

private:
    [[nodiscard]] Result<QUrl> server() const override;
    void connectTo(const QString &place, quint16 port) override;
    void resolving() override;
    void gone(const QString &why) override;
    void shaken();

    TlsQuestion m_question;
    QSslSocket &m_socket; ///< the job's own
};

} // namespace wg
