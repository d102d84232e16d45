import { useQuery } from "@tanstack/react-query";
import { Download } from "lucide-react";
import { useState } from "react";
import { call, host } from "@/api/client";
import { tellProblem } from "@/frame/problem-toast";
import { Button } from "@/parts/Button";
import { notify } from "@/parts/toast";
import { Group, Row } from "./Row";

/** A copy of everything, made while the program runs. */
export function BackupPage() {
  const [busy, setBusy] = useState(false);
  const { data } = useQuery({ queryKey: ["workspace"], queryFn: () => call("read_workspace", {}) });
  const run = async () => {
    setBusy(true);
    try {
      const { file, name } = await call("backup_workspace", {});
      if (await host().saveFile(file, name)) notify({ title: `Saved ${name}` });
    } catch (thrown) {
      tellProblem(thrown, "The backup did not work");
    } finally {
      setBusy(false);
    }
  };
  return (
    <Group title="Backup">
      <Row
        label="Copy of the workspace"
        hint="Tasks, actions, settings and every conversation, in one file."
      >
        <Button
          icon={<Download size={14} aria-hidden />}
          disabled={busy}
          onClick={() => void run()}
        >
          {busy ? "Saving…" : "Save a copy"}
        </Button>
      </Row>
      {data?.path ? (
        <Row label="Where the workspace lives">
          <code className="font-mono text-12 text-muted select-all">{data.path}</code>
        </Row>
      ) : null}
    </Group>
  );
}
