import type { Block } from "@/api/model";
import { AssistantBody, EndBody, RatingBody, TagsBody, TextBody } from "./SimpleBodies";
import { BranchBody } from "./BranchBody";
import { ButtonsBody } from "./ButtonsBody";
import { CollectBody, SetBody } from "./AttributeBodies";
import { HandOffBody } from "./HandOffBody";
import { InstructionsBody } from "./InstructionsBody";
import { RunActionBody } from "./RunActionBody";
import { RunTaskBody } from "./RunTaskBody";
import { WebhookBody } from "./WebhookBody";

/** The editor of a block, by its kind. */
export function BlockBody({ block, depth }: { block: Block; depth: number }) {
  switch (block.type) {
    case "instructions":
      return <InstructionsBody block={block} />;
    case "run_action":
      return <RunActionBody block={block} />;
    case "wait_for_webhook":
      return <WebhookBody block={block} depth={depth} />;
    case "message":
    case "note":
      return <TextBody block={block} />;
    case "buttons":
      return <ButtonsBody block={block} depth={depth} />;
    case "collect_attribute":
      return <CollectBody block={block} />;
    case "set_attribute":
      return <SetBody block={block} />;
    case "branch":
      return <BranchBody block={block} depth={depth} />;
    case "tags":
      return <TagsBody block={block} />;
    case "hand_off":
      return <HandOffBody block={block} />;
    case "ask_for_rating":
      return <RatingBody block={block} />;
    case "let_assistant_answer":
      return <AssistantBody block={block} />;
    case "run_task":
      return <RunTaskBody block={block} />;
    case "end":
      return <EndBody block={block} />;
  }
}
