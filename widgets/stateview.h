// SPDX-FileCopyrightText: 2026 The Watchglass authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "widgets/icons.h"

#include <QWidget>
#include <functional>

class QHBoxLayout;
class QLabel;

namespace wg {

class TintLabel;

/// One of the designed states of a page (empty, loading, offline, refused, error): a sign, a
/// sentence, a second one where it helps, and one next step. GUI thread.
class StateView : public QWidget
{
    Q_OBJECT

public:
    enum class Weight : quint8
    {
        Light,
        Consents ///< lets something be asked: only a person goes there
    };
    struct Step
    {
        QString text;
        std::function<void()> act;
        Weight weight = Weight::Light;
    };
    struct State
    {
        QString icon;
        Tint tint = Tint::Dim;
        QString sentence;
        QString detail;
        QList<Step> steps; ///< the first is the next step, others are lesser
    };

    explicit StateView(QWidget *parent = nullptr);

    /// What is shown already stays as it is, its buttons and the focus on them.
    void show(const State &state);
    /// The keyboard comes to the next step, where there is one.
    void takeFocus();
    /// The focus falls here by itself: a key pressed once too often must not consent.
    void catchFocus();
    [[nodiscard]] QString sentence() const;
    [[nodiscard]] QSize minimumSizeHint() const override;

protected:
    void resizeEvent(QResizeEvent *event) override;

private:
    void fit();
    void addStep(const Step &step);
    [[nodiscard]] QString focusedStep() const;
    void keepFocus(const QString &step);
    [[nodiscard]] bool shows(const State &state) const;

    State m_state;
    TintLabel *m_icon;
    QLabel *m_sentence;
    QLabel *m_detail;
    QWidget *m_steps;
    QHBoxLayout *m_row;
};

/// A label for anything: plain text, wraps, can be selected where people want to copy from it.
[[nodiscard]] QLabel *plainLabel(const QString &text, QWidget *parent);
[[nodiscard]] QLabel *dimLabel(const QString &text, QWidget *parent);
/// A tool tip of these lines, and the same without its markup for who has it read out.
void setTip(QWidget *widget, const QStringList &lines);

} // namespace wg
