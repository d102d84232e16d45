import { Toast } from "@base-ui/react/toast";
import { CircleAlert, X } from "lucide-react";
import { useEffect } from "react";
import { Button, IconButton } from "./Button";
import { cx } from "./class-names";
import { hearNotices, type Notice } from "./toast";

interface ToastData {
  tone: "plain" | "problem";
}

/** The place where notices appear; mounted once beside the frame. */
export function Toasts() {
  return (
    <Toast.Provider limit={3}>
      <Toast.Portal>
        <Toast.Viewport className="fixed right-4 bottom-4 z-60 flex w-88 max-w-[calc(100vw-32px)] flex-col gap-2">
          <ToastList />
        </Toast.Viewport>
      </Toast.Portal>
    </Toast.Provider>
  );
}

function ToastList() {
  const { toasts, add, close } = Toast.useToastManager<ToastData>();
  useEffect(() => hearNotices((notice) => show(notice, add, close)), [add, close]);
  return toasts.map((toast) => (
    <Toast.Root
      key={toast.id}
      toast={toast}
      className="floating translate-x-0 data-limited:hidden data-starting-style:translate-y-2"
    >
      <Toast.Content className="flex items-start gap-2.5 px-3 py-2.5">
        {toast.data?.tone === "problem" ? (
          <CircleAlert size={16} className="mt-0.5 shrink-0 text-red" aria-hidden />
        ) : null}
        <div
          className="min-w-0 flex-1"
          // Said at once; a toast of high priority would be hidden from assistive technology itself.
          role={toast.data?.tone === "problem" ? "alert" : undefined}
        >
          <Toast.Title className="text-13 font-medium wrap-anywhere" />
          <Toast.Description className="text-12 text-muted wrap-anywhere" />
        </div>
        {toast.actionProps ? (
          <Toast.Action render={<Button look="secondary" size="sm" className={cx("-my-0.5")} />} />
        ) : null}
        <Toast.Close
          render={
            <IconButton label="Dismiss" size="sm" className="-my-0.5 -mr-1">
              <X size={14} />
            </IconButton>
          }
        />
      </Toast.Content>
    </Toast.Root>
  ));
}

type Manager = ReturnType<typeof Toast.useToastManager<ToastData>>;

function show(notice: Notice, add: Manager["add"], close: Manager["close"]): void {
  const { title, description, tone = "plain", undo, action } = notice;
  const offered = undo ? { label: "Undo", onSelect: undo } : action;
  const id = add({
    title,
    description,
    timeout: offered || description ? 10_000 : tone === "problem" ? 8_000 : 4_000,
    data: { tone },
    ...(offered
      ? {
          actionProps: {
            children: offered.label,
            onClick: () => {
              close(id);
              offered.onSelect();
            },
          },
        }
      : {}),
  });
}
