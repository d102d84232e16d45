import { Dialog } from "@/parts/Dialog";
import { Kbd } from "@/parts/Kbd";

const groups: { title: string; rows: [string, string][] }[] = [
  {
    title: "Everywhere",
    rows: [
      ["Mod+K", "Find anything"],
      ["?", "Show this list"],
      ["N", "New task"],
      ["Mod+E", "Export"],
      ["Mod+Z", "Undo"],
      ["Mod+Shift+Z", "Redo"],
      ["Esc", "Close the top layer"],
    ],
  },
  {
    title: "Writing a task",
    rows: [
      ["@", "Insert an attribute or action"],
      ["/", "Add a block"],
      ["Alt+Up", "Move the block up"],
      ["Alt+Down", "Move the block down"],
      ["Alt+Enter", "Explain the sentence"],
      ["F8", "Next problem"],
    ],
  },
  {
    title: "Preview",
    rows: [
      ["Mod+.", "Show or hide the preview"],
      ["Mod+L", "Chat and log together"],
      ["Mod+Enter", "Send, or start the preview"],
      ["Up", "Bring back your last message"],
      ["Mod+Z", "In the chat: go back one turn"],
    ],
  },
];

/** What the keyboard can do, on one page. */
export function ShortcutList({ open, onClose }: { open: boolean; onClose: () => void }) {
  return (
    <Dialog open={open} onClose={onClose} title="Keyboard shortcuts" width={640}>
      <div className="grid grid-cols-2 gap-x-10 gap-y-6 pt-1">
        {groups.map((group) => (
          <section key={group.title}>
            <h3 className="mb-1 text-12 font-medium text-faint">{group.title}</h3>
            <dl>
              {group.rows.map(([keys, what]) => (
                <div
                  key={what}
                  className="flex items-center justify-between gap-4 border-b border-line py-1.5 last:border-0"
                >
                  <dt>{what}</dt>
                  <dd>
                    <Kbd keys={keys} />
                  </dd>
                </div>
              ))}
            </dl>
          </section>
        ))}
      </div>
    </Dialog>
  );
}
