import { useState } from "react";
import { Segmented } from "@/parts/Segmented";
import { Select } from "@/parts/Select";
import { Card } from "./Card";
import { Code } from "./Code";
import { calls, curl, javascript, type CallName } from "./snippets";

/** What an engineer begins with. */
export function Snippets({ base }: { base: string }) {
  const [kind, setKind] = useState<"curl" | "javascript">("curl");
  const [name, setName] = useState<CallName>("notify_new_conversation");
  const number = calls.findIndex((call) => call.name === name) + 1;
  return (
    <Card
      title="For your engineers"
      hint={
        <>
          The four calls your app makes. The whole description is at{" "}
          <code className="font-mono wrap-anywhere">{base}/openapi.json</code>.
        </>
      }
      aside={
        <Segmented
          label="Language"
          value={kind}
          onChange={setKind}
          choices={[
            { value: "curl", label: "curl" },
            { value: "javascript", label: "JavaScript" },
          ]}
        />
      }
    >
      {kind === "curl" ? (
        <>
          <Select
            label="Call"
            value={name}
            choices={calls.map(({ name, label }) => ({ value: name, label }))}
            onChange={setName}
            className="w-64"
          />
          <Code text={curl(base, name, `event-${number}`)} label="Call for a terminal" />
          <p className="text-12 text-faint">
            Put the key into the variable TASKWRIGHT_KEY first. Each event needs an event_id of its
            own; the same one again does nothing twice.
          </p>
        </>
      ) : (
        <Code text={javascript(base)} label="Example in JavaScript" />
      )}
    </Card>
  );
}
