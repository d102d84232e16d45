import { keepPreviousData, queryOptions } from "@tanstack/react-query";
import { call, host } from "@/api/client";
import type { ConversationFilter, ReadReport, ReportTable } from "@/api/model";
import { tellProblem } from "@/frame/problem-toast";
import { notify } from "@/parts/toast";

export const reportQuery = (args: ReadReport) =>
  queryOptions({
    queryKey: ["report", args],
    queryFn: () => call("read_report", args),
    placeholderData: keepPreviousData,
  });

export const wishesQuery = (filter: ConversationFilter) =>
  queryOptions({
    queryKey: ["wishes", filter],
    queryFn: () => call("list_wishes", { filter }),
    placeholderData: keepPreviousData,
  });

/** Saves a table of the report for a spreadsheet. */
export async function saveTable(report: ReadReport, table: ReportTable): Promise<void> {
  try {
    const { file, name } = await call("save_report_table", { report, table });
    if (await host().saveFile(file, name)) notify({ title: `Saved ${name}` });
  } catch (thrown) {
    tellProblem(thrown, "The table could not be saved");
  }
}
