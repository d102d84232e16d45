import { Toast } from "@base-ui/react/toast";
import { CircleAlert, X } from "lucide-react";
import { Button, IconButton } from "./Button";
import { cx } from "./class-names";

interface ToastData {
  tone: "plain" | "problem";
}

const manager = Toast.createToastManager<ToastData>();

export interface Notice {
  title: string;
  description?: string | undefined;
  tone?: "plain" | "problem";
  /** Offers Undo for ten seconds; the promise of "nothing destructive without undo". */
  undo?: () => void;
  action?: { label: string; onSelect: () => void };
}

/** Says something briefly at the bottom of the window. */
export function notify({ title, description, tone = "plain", undo, action }: Notice): void {
  const offered = undo ? { label: "Undo", onSelect: undo } : action;
  const id = manager.add({
    title,
    description,
    timeout: offered || description ? 10_000 : tone === "problem" ? 8_000 : 4_000,
    data: { tone },
    ...(offered
      ? {
          actionProps: {
            children: offered.label,
            onClick: () => {
              manager.close(id);
              offered.onSelect();
            },
          },
        }
      : {}),
  });
}

/** The place where toasts appear; mounted once around the frame. */
export function Toaster() {
  return (
    <Toast.Provider toastManager={manager} limit={3}>
      <Toast.Portal>
        <Toast.Viewport className="fixed right-4 bottom-4 z-60 flex w-88 max-w-[calc(100vw-32px)] flex-col gap-2">
          <ToastList />
        </Toast.Viewport>
      </Toast.Portal>
    </Toast.Provider>
  );
}

function ToastList() {
  const { toasts } = Toast.useToastManager<ToastData>();
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
