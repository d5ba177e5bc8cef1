<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en" sourcelanguage="en">
<context>
    <name>Deeds</name>
    <message numerus="yes">
        <source>%1 and %n other(s)</source>
        <translation>
            <numerusform>%1 and %n other</numerusform>
            <numerusform>%1 and %n others</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n alert(s) acknowledged</source>
        <translation>
            <numerusform>%n alert acknowledged</numerusform>
            <numerusform>%n alerts acknowledged</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n alert(s) snoozed</source>
        <translation>
            <numerusform>%n alert snoozed</numerusform>
            <numerusform>%n alerts snoozed</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n alert(s) reopened</source>
        <translation>
            <numerusform>%n alert reopened</numerusform>
            <numerusform>%n alerts reopened</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Words</name>
    <message numerus="yes">
        <source>%n watched domain(s)</source>
        <translation>
            <numerusform>%n watched domain</numerusform>
            <numerusform>%n watched domains</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n watched entities</source>
        <translation>
            <numerusform>%n watched entity</numerusform>
            <numerusform>%n watched entities</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n new record(s)</source>
        <translation>
            <numerusform>%n new record</numerusform>
            <numerusform>%n new records</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n new certificate(s)</source>
        <translation>
            <numerusform>%n new certificate</numerusform>
            <numerusform>%n new certificates</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n new subdomain(s)</source>
        <translation>
            <numerusform>%n new subdomain</numerusform>
            <numerusform>%n new subdomains</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n new service(s)</source>
        <translation>
            <numerusform>%n new service</numerusform>
            <numerusform>%n new services</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n record(s) gone</source>
        <translation>
            <numerusform>%n record gone</numerusform>
            <numerusform>%n records gone</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n record(s) back again</source>
        <translation>
            <numerusform>%n record back again</numerusform>
            <numerusform>%n records back again</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n change(s) since last asked</source>
        <translation>
            <numerusform>%n change since last asked</numerusform>
            <numerusform>%n changes since last asked</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n fact(s) new to us by an import</source>
        <translation>
            <numerusform>%n fact new to us by an import</numerusform>
            <numerusform>%n facts new to us by an import</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n change(s) in one day</source>
        <translation>
            <numerusform>%n change in one day</numerusform>
            <numerusform>%n changes in one day</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n change(s) while the eye was off</source>
        <translation>
            <numerusform>%n change while the eye was off</numerusform>
            <numerusform>%n changes while the eye was off</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n change(s)</source>
        <translation>
            <numerusform>%n change</numerusform>
            <numerusform>%n changes</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>wg::CardDetail</name>
    <message numerus="yes">
        <source>%Ln card(s) selected</source>
        <translation>
            <numerusform>%Ln card selected</numerusform>
            <numerusform>%Ln cards selected</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Concerns %Ln watched entities:</source>
        <translation>
            <numerusform>Concerns %Ln watched entity:</numerusform>
            <numerusform>Concerns %Ln watched entities:</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>and %n more</source>
        <translation>
            <numerusform>and %n more</numerusform>
            <numerusform>and %n more</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>wg::CertificateTableModel</name>
    <message numerus="yes">
        <source>%n name(s)</source>
        <translation>
            <numerusform>%n name</numerusform>
            <numerusform>%n names</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>and %n more</source>
        <translation>
            <numerusform>and %n more</numerusform>
            <numerusform>and %n more</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>wg::ChoicePage</name>
    <message numerus="yes">
        <source>%Ln name(s) and addresses found</source>
        <translation>
            <numerusform>%Ln name or address found</numerusform>
            <numerusform>%Ln names and addresses found</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln found</source>
        <translation>
            <numerusform>%Ln found</numerusform>
            <numerusform>%Ln found</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Watching %Ln entities; U takes it back</source>
        <translation>
            <numerusform>Watching %Ln entity; U takes it back</numerusform>
            <numerusform>Watching %Ln entities; U takes it back</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>wg::CommandRunner</name>
    <message numerus="yes">
        <source>%n exchange(s), </source>
        <translation>
            <numerusform>%n exchange, </numerusform>
            <numerusform>%n exchanges, </numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n check(s) wait for the quota of their source (see &quot;source list&quot;); they follow by themselves while Watchglass runs</source>
        <translation>
            <numerusform>%n check waits for the quota of its source (see &quot;source list&quot;); it follows by itself while Watchglass runs</numerusform>
            <numerusform>%n checks wait for the quotas of their sources (see &quot;source list&quot;); they follow by themselves while Watchglass runs</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n name(s)</source>
        <translation>
            <numerusform>%n name</numerusform>
            <numerusform>%n names</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>none of %n line(s) is good; </source>
        <translation>
            <numerusform>the only line is bad; </numerusform>
            <numerusform>none of %n lines is good; </numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n eye(s) checked, </source>
        <translation>
            <numerusform>%n eye checked, </numerusform>
            <numerusform>%n eyes checked, </numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n changed, </source>
        <translation>
            <numerusform>%n changed, </numerusform>
            <numerusform>%n changed, </numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n new alert(s), </source>
        <translation>
            <numerusform>%n new alert, </numerusform>
            <numerusform>%n new alerts, </numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n failed</source>
        <translation>
            <numerusform>%n failed</numerusform>
            <numerusform>%n failed</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n alert(s) changed</source>
        <translation>
            <numerusform>%n alert changed</numerusform>
            <numerusform>%n alerts changed</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n record(s) taken</source>
        <translation>
            <numerusform>%n record taken</numerusform>
            <numerusform>%n records taken</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n entity(ies) listed</source>
        <translation>
            <numerusform>%n entity listed</numerusform>
            <numerusform>%n entities listed</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n bad line(s)</source>
        <translation>
            <numerusform>%n bad line</numerusform>
            <numerusform>%n bad lines</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n eye(s) switched on</source>
        <translation>
            <numerusform>%n eye switched on</numerusform>
            <numerusform>%n eyes switched on</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>wg::EntityHead</name>
    <message numerus="yes">
        <source>%1 %n gone</source>
        <translation>
            <numerusform>%1 %n gone</numerusform>
            <numerusform>%1 %n gone</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>wg::EntityPage</name>
    <message numerus="yes">
        <source>; %n wait(s) for a quota</source>
        <translation>
            <numerusform>; %n waits for a quota</numerusform>
            <numerusform>; %n wait for a quota</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n empty</source>
        <translation>
            <numerusform>%n empty</numerusform>
            <numerusform>%n empty</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>wg::InboxPage</name>
    <message numerus="yes">
        <source>%Ln card(s) acknowledged; U takes it back</source>
        <translation>
            <numerusform>%Ln card acknowledged; U takes it back</numerusform>
            <numerusform>%Ln cards acknowledged; U takes it back</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln card(s)</source>
        <translation>
            <numerusform>%Ln card</numerusform>
            <numerusform>%Ln cards</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Acknowledging %Ln card(s)</source>
        <translation>
            <numerusform>Acknowledging %Ln card</numerusform>
            <numerusform>Acknowledging %Ln cards</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Snoozing %Ln card(s)</source>
        <translation>
            <numerusform>Snoozing %Ln card</numerusform>
            <numerusform>Snoozing %Ln cards</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Hide %Ln done</source>
        <translation>
            <numerusform>Hide %Ln done</numerusform>
            <numerusform>Hide %Ln done</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>wg::MainWindow</name>
    <message numerus="yes">
        <source>%Ln new record(s)</source>
        <translation>
            <numerusform>%Ln new record</numerusform>
            <numerusform>%Ln new records</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln entities</source>
        <translation>
            <numerusform>%Ln entity</numerusform>
            <numerusform>%Ln entities</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln line(s) not understood</source>
        <translation>
            <numerusform>%Ln line not understood</numerusform>
            <numerusform>%Ln lines not understood</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>wg::MonitorsPage</name>
    <message numerus="yes">
        <source>%Ln check(s) wait for a quota</source>
        <translation>
            <numerusform>%Ln check waits for a quota</numerusform>
            <numerusform>%Ln checks wait for a quota</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln watched</source>
        <translation>
            <numerusform>%Ln watched</numerusform>
            <numerusform>%Ln watched</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln eye(s) closed; everything stored stays. U takes it back</source>
        <translation>
            <numerusform>%Ln eye closed; everything stored stays. U takes it back</numerusform>
            <numerusform>%Ln eyes closed; everything stored stays. U takes it back</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Checking %Ln eye(s) …</source>
        <translation>
            <numerusform>Checking %Ln eye …</numerusform>
            <numerusform>Checking %Ln eyes …</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln eye(s) checked</source>
        <translation>
            <numerusform>%Ln eye checked</numerusform>
            <numerusform>%Ln eyes checked</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln changed</source>
        <translation>
            <numerusform>%Ln changed</numerusform>
            <numerusform>%Ln changed</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>wg::Notifier</name>
    <message numerus="yes">
        <source>%n change(s)</source>
        <translation>
            <numerusform>%n change</numerusform>
            <numerusform>%n changes</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n alert(s)</source>
        <translation>
            <numerusform>%n alert</numerusform>
            <numerusform>%n alerts</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>wg::Page</name>
    <message numerus="yes">
        <source>and %n more</source>
        <translation>
            <numerusform>and %n more</numerusform>
            <numerusform>and %n more</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Copied %Ln value(s)</source>
        <translation>
            <numerusform>Copied %Ln value</numerusform>
            <numerusform>Copied %Ln values</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>wg::PartiesPopup</name>
    <message numerus="yes">
        <source>%n more need(s) a key</source>
        <translation>
            <numerusform>%n more needs a key</numerusform>
            <numerusform>%n more need a key</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>wg::SideBar</name>
    <message numerus="yes">
        <source>%n new card(s)</source>
        <translation>
            <numerusform>%n new card</numerusform>
            <numerusform>%n new cards</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>wg::StatePopup</name>
    <message numerus="yes">
        <source>%n question(s) waiting for the network:</source>
        <translation>
            <numerusform>%n question waiting for the network:</numerusform>
            <numerusform>%n questions waiting for the network:</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>wg::TopBar</name>
    <message numerus="yes">
        <source>%n problem(s)</source>
        <translation>
            <numerusform>%n problem</numerusform>
            <numerusform>%n problems</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source> · %n waiting</source>
        <translation>
            <numerusform> · %n waiting</numerusform>
            <numerusform> · %n waiting</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>wg::Tray</name>
    <message numerus="yes">
        <source>%n open alert(s)</source>
        <translation>
            <numerusform>%n open alert</numerusform>
            <numerusform>%n open alerts</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>wg::ReplayRun</name>
    <message numerus="yes">
        <source>%n eye(s), </source>
        <translation>
            <numerusform>%n eye, </numerusform>
            <numerusform>%n eyes, </numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n alert(s), </source>
        <translation>
            <numerusform>%n alert, </numerusform>
            <numerusform>%n alerts, </numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n change(s)</source>
        <translation>
            <numerusform>%n change</numerusform>
            <numerusform>%n changes</numerusform>
        </translation>
    </message>
</context>
</TS>
