import { useRef, useState, type DragEvent } from "react";

interface FileDrop {
  /** Whether files are held above it now. */
  over: boolean;
  /** What the element that takes files listens to. */
  on: {
    onDragEnter?: (event: DragEvent) => void;
    onDragOver?: (event: DragEvent) => void;
    onDragLeave?: (event: DragEvent) => void;
    onDrop?: (event: DragEvent) => void;
  };
}

const holdsFiles = (event: DragEvent) => event.dataTransfer.types.includes("Files");

/** Files that are dropped on an element; without `onFiles` none are taken and the page stays as it is. */
export function useFileDrop(onFiles: ((files: readonly File[]) => void) | undefined): FileDrop {
  const [over, setOver] = useState(false);
  // Entering a child leaves its parent: only whoever left as often as they entered is gone.
  const depth = useRef(0);
  const away = () => {
    depth.current = 0;
    setOver(false);
  };
  if (!onFiles) {
    return {
      over: false,
      // A browser would show the file in place of the page.
      on: { onDragOver: (event) => event.preventDefault(), onDrop: (e) => e.preventDefault() },
    };
  }
  return {
    over,
    on: {
      onDragEnter: (event) => {
        if (!holdsFiles(event)) return;
        depth.current += 1;
        setOver(true);
      },
      onDragOver: (event) => {
        if (!holdsFiles(event)) return;
        event.preventDefault();
        event.dataTransfer.dropEffect = "copy";
      },
      onDragLeave: (event) => {
        if (!holdsFiles(event)) return;
        depth.current -= 1;
        if (depth.current <= 0) away();
      },
      onDrop: (event) => {
        if (!holdsFiles(event)) return;
        event.preventDefault();
        away();
        onFiles([...event.dataTransfer.files]);
      },
    },
  };
}
