<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_CN" sourcelanguage="en">
<context>
    <name>Actions</name>
    <message>
        <source>&amp;File</source>
        <translation>文件(&amp;F)</translation>
    </message>
    <message>
        <source>&amp;Edit</source>
        <translation>编辑(&amp;E)</translation>
    </message>
    <message>
        <source>&amp;Playback</source>
        <translation>播放(&amp;P)</translation>
    </message>
    <message>
        <source>&amp;Review</source>
        <translation>审阅(&amp;R)</translation>
    </message>
    <message>
        <source>&amp;Models</source>
        <translation>模型(&amp;M)</translation>
    </message>
    <message>
        <source>&amp;View</source>
        <translation>视图(&amp;V)</translation>
    </message>
    <message>
        <source>&amp;Help</source>
        <translation>帮助(&amp;H)</translation>
    </message>
    <message>
        <source>&amp;New project...</source>
        <translation>新建项目(&amp;N)...</translation>
    </message>
    <message>
        <source>&amp;Open project...</source>
        <translation>打开项目(&amp;O)...</translation>
    </message>
    <message>
        <source>Open &amp;demo project</source>
        <translation>打开演示项目(&amp;D)</translation>
    </message>
    <message>
        <source>&amp;Add videos...</source>
        <translation>添加视频(&amp;A)...</translation>
    </message>
    <message>
        <source>&amp;Import...</source>
        <translation>导入(&amp;I)...</translation>
    </message>
    <message>
        <source>&amp;Export...</source>
        <translation>导出(&amp;E)...</translation>
    </message>
    <message>
        <source>&amp;Close project</source>
        <translation>关闭项目(&amp;C)</translation>
    </message>
    <message>
        <source>&amp;Quit</source>
        <translation>退出(&amp;Q)</translation>
    </message>
    <message>
        <source>&amp;Undo</source>
        <translation>撤销(&amp;U)</translation>
    </message>
    <message>
        <source>&amp;Redo</source>
        <translation>重做(&amp;R)</translation>
    </message>
    <message>
        <source>Mark &amp;in</source>
        <translation>标记入点(&amp;I)</translation>
    </message>
    <message>
        <source>Mark &amp;out</source>
        <translation>标记出点(&amp;O)</translation>
    </message>
    <message>
        <source>&amp;Create span from marks</source>
        <translation>由标记创建片段(&amp;C)</translation>
    </message>
    <message>
        <source>Clear &amp;marks</source>
        <translation>清除标记(&amp;M)</translation>
    </message>
    <message>
        <source>&amp;Start at playhead</source>
        <translation>起点设为播放头(&amp;S)</translation>
    </message>
    <message>
        <source>E&amp;nd at playhead</source>
        <translation>终点设为播放头(&amp;N)</translation>
    </message>
    <message>
        <source>Start one frame earlier</source>
        <translation>起点提前一帧</translation>
    </message>
    <message>
        <source>Start one frame later</source>
        <translation>起点推后一帧</translation>
    </message>
    <message>
        <source>End one frame earlier</source>
        <translation>终点提前一帧</translation>
    </message>
    <message>
        <source>End one frame later</source>
        <translation>终点推后一帧</translation>
    </message>
    <message>
        <source>&amp;Delete span</source>
        <translation>删除片段(&amp;D)</translation>
    </message>
    <message>
        <source>&amp;Play or pause</source>
        <translation>播放或暂停(&amp;P)</translation>
    </message>
    <message>
        <source>Play &amp;backwards, faster</source>
        <translation>倒放，再按加速(&amp;B)</translation>
    </message>
    <message>
        <source>&amp;Stop</source>
        <translation>停止(&amp;S)</translation>
    </message>
    <message>
        <source>Play &amp;forwards, faster</source>
        <translation>正放，再按加速(&amp;F)</translation>
    </message>
    <message>
        <source>&amp;Loop the selected span</source>
        <translation>循环所选片段(&amp;L)</translation>
    </message>
    <message>
        <source>One frame back</source>
        <translation>后退一帧</translation>
    </message>
    <message>
        <source>One frame forward</source>
        <translation>前进一帧</translation>
    </message>
    <message>
        <source>Ten frames back</source>
        <translation>后退十帧</translation>
    </message>
    <message>
        <source>Ten frames forward</source>
        <translation>前进十帧</translation>
    </message>
    <message>
        <source>One second back</source>
        <translation>后退一秒</translation>
    </message>
    <message>
        <source>One second forward</source>
        <translation>前进一秒</translation>
    </message>
    <message>
        <source>To the first frame</source>
        <translation>到第一帧</translation>
    </message>
    <message>
        <source>To the last frame</source>
        <translation>到最后一帧</translation>
    </message>
    <message>
        <source>&amp;Go to...</source>
        <translation>跳转到(&amp;G)...</translation>
    </message>
    <message>
        <source>&amp;Next in the list</source>
        <translation>列表中下一个(&amp;N)</translation>
    </message>
    <message>
        <source>&amp;Previous in the list</source>
        <translation>列表中上一个(&amp;P)</translation>
    </message>
    <message>
        <source>&amp;Accept</source>
        <translation>接受(&amp;A)</translation>
    </message>
    <message>
        <source>Re&amp;ject</source>
        <translation>拒绝(&amp;J)</translation>
    </message>
    <message>
        <source>&amp;Skip</source>
        <translation>跳过(&amp;S)</translation>
    </message>
    <message>
        <source>&amp;Flag for later</source>
        <translation>标旗待议(&amp;F)</translation>
    </message>
    <message>
        <source>Take candidate &amp;1</source>
        <translation>采用候选 1(&amp;1)</translation>
    </message>
    <message>
        <source>Take candidate &amp;2</source>
        <translation>采用候选 2(&amp;2)</translation>
    </message>
    <message>
        <source>Take candidate &amp;3</source>
        <translation>采用候选 3(&amp;3)</translation>
    </message>
    <message>
        <source>Other &amp;class...</source>
        <translation>其他类别(&amp;C)...</translation>
    </message>
    <message>
        <source>&amp;Analyze videos...</source>
        <translation>分析视频(&amp;A)...</translation>
    </message>
    <message>
        <source>&amp;Retrain now</source>
        <translation>立即再训练(&amp;R)</translation>
    </message>
    <message>
        <source>&amp;Stop the running job</source>
        <translation>停止当前任务(&amp;S)</translation>
    </message>
    <message>
        <source>Show &amp;skeleton</source>
        <translation>显示骨架(&amp;S)</translation>
    </message>
    <message>
        <source>Show &amp;heatmap</source>
        <translation>显示热图(&amp;H)</translation>
    </message>
    <message>
        <source>Show &amp;labels</source>
        <translation>显示标签(&amp;L)</translation>
    </message>
    <message>
        <source>Hide the &amp;person&apos;s picture</source>
        <translation>隐藏人物画面(&amp;P)</translation>
    </message>
    <message>
        <source>Zoom to the selected sp&amp;an</source>
        <translation>缩放到所选片段(&amp;A)</translation>
    </message>
    <message>
        <source>Zoom to the &amp;whole video</source>
        <translation>缩放到整个视频(&amp;W)</translation>
    </message>
    <message>
        <source>Ne&amp;xt panel</source>
        <translation>下一面板(&amp;X)</translation>
    </message>
    <message>
        <source>&amp;Full screen</source>
        <translation>全屏(&amp;F)</translation>
    </message>
    <message>
        <source>&amp;Keyboard shortcuts</source>
        <translation>键盘快捷键(&amp;K)</translation>
    </message>
    <message>
        <source>&amp;About Telltale</source>
        <translation>关于 Telltale(&amp;A)</translation>
    </message>
    <message>
        <source>Play backwards, slower</source>
        <translation>更慢倒放</translation>
    </message>
    <message>
        <source>Play forwards, slower</source>
        <translation>更慢播放</translation>
    </message>
    <message>
        <source>Make proxy for &amp;quick seeking</source>
        <translation>制作代理视频以便快速定位(&amp;Q)</translation>
    </message>
    <message>
        <source>&amp;Mute</source>
        <translation>静音(&amp;M)</translation>
    </message>
    <message>
        <source>Louder</source>
        <translation>增大音量</translation>
    </message>
    <message>
        <source>Quieter</source>
        <translation>减小音量</translation>
    </message>
    <message>
        <source>&amp;Cameras of this session...</source>
        <translation>本次会话的摄像机(&amp;C)...</translation>
    </message>
    <message>
        <source>Camera one picture later</source>
        <translation>摄像机推后一帧</translation>
    </message>
    <message>
        <source>Camera one picture earlier</source>
        <translation>摄像机提前一帧</translation>
    </message>
    <message>
        <source>Next camera</source>
        <translation>下一台摄像机</translation>
    </message>
    <message>
        <source>Make that camera the main one</source>
        <translation>将该摄像机设为主画面</translation>
    </message>
    <message>
        <source>S&amp;ubjects...</source>
        <translation>受试者(&amp;U)...</translation>
    </message>
    <message>
        <source>&amp;Label scheme...</source>
        <translation>标签方案(&amp;L)...</translation>
    </message>
    <message>
        <source>S&amp;plit span at playhead</source>
        <translation>在播放头处拆分片段(&amp;P)</translation>
    </message>
    <message>
        <source>Mer&amp;ge with next span</source>
        <translation>与下一片段合并(&amp;G)</translation>
    </message>
    <message>
        <source>Accept above a &amp;threshold...</source>
        <translation>接受高于阈值的建议(&amp;T)...</translation>
    </message>
    <message>
        <source>&amp;Mark as reviewed</source>
        <translation>标记为已审阅(&amp;M)</translation>
    </message>
    <message>
        <source>N&amp;ot reviewed</source>
        <translation>取消已审阅(&amp;O)</translation>
    </message>
    <message>
        <source>Add a note on the sp&amp;an...</source>
        <translation>为片段添加备注(&amp;A)...</translation>
    </message>
    <message>
        <source>Add a note on this f&amp;rame...</source>
        <translation>为此帧添加备注(&amp;R)...</translation>
    </message>
    <message>
        <source>Add a note on the &amp;video...</source>
        <translation>为视频添加备注(&amp;V)...</translation>
    </message>
    <message>
        <source>Pro&amp;ject</source>
        <translation>项目(&amp;J)</translation>
    </message>
    <message>
        <source>Open &amp;team project...</source>
        <translation>打开团队项目(&amp;T)...</translation>
    </message>
    <message>
        <source>&amp;History</source>
        <translation>历史记录(&amp;H)</translation>
    </message>
    <message>
        <source>Find &amp;missing videos...</source>
        <translation>查找缺失的视频(&amp;M)...</translation>
    </message>
    <message>
        <source>&amp;Snapshots...</source>
        <translation>快照(&amp;S)...</translation>
    </message>
    <message>
        <source>&amp;Team...</source>
        <translation>团队(&amp;T)...</translation>
    </message>
    <message>
        <source>&amp;Conflicts...</source>
        <translation>冲突(&amp;C)...</translation>
    </message>
    <message>
        <source>P&amp;ose</source>
        <translation>姿态(&amp;O)</translation>
    </message>
    <message>
        <source>&amp;Correct points</source>
        <translation>修正关键点(&amp;C)</translation>
    </message>
    <message>
        <source>Copy points from the frame &amp;before</source>
        <translation>从上一帧复制关键点(&amp;B)</translation>
    </message>
    <message>
        <source>&amp;Interpolate between corrected frames</source>
        <translation>在已修正的帧之间插值(&amp;I)</translation>
    </message>
    <message>
        <source>&amp;Take back corrections of this frame</source>
        <translation>撤回本帧的修正(&amp;T)</translation>
    </message>
    <message>
        <source>Next corrected &amp;frame</source>
        <translation>下一个已修正的帧(&amp;F)</translation>
    </message>
    <message>
        <source>Previous corrected frame</source>
        <translation>上一个已修正的帧</translation>
    </message>
    <message>
        <source>Choose the &amp;next person</source>
        <translation>选择下一个人(&amp;N)</translation>
    </message>
    <message>
        <source>&amp;Swap persons from here on</source>
        <translation>从此处起交换人物(&amp;S)</translation>
    </message>
    <message>
        <source>From here on somebody &amp;else</source>
        <translation>从此处起是另一个人(&amp;E)</translation>
    </message>
    <message>
        <source>&amp;Join persons...</source>
        <translation>合并人物(&amp;J)...</translation>
    </message>
    <message>
        <source>&amp;Remove person...</source>
        <translation>移除人物(&amp;R)...</translation>
    </message>
    <message>
        <source>Fill &amp;gaps and smooth...</source>
        <translation>填补缺口并平滑(&amp;G)...</translation>
    </message>
    <message>
        <source>Correct cro&amp;ps</source>
        <translation>修正裁剪框(&amp;P)</translation>
    </message>
    <message>
        <source>Take back corrected crops of this frame</source>
        <translation>撤回本帧裁剪框的修正</translation>
    </message>
    <message>
        <source>Find crops in this &amp;video</source>
        <translation>在此视频中寻找裁剪框(&amp;V)</translation>
    </message>
    <message>
        <source>Show c&amp;rops</source>
        <translation>显示裁剪框(&amp;R)</translation>
    </message>
    <message>
        <source>Snap span to mo&amp;tion</source>
        <translation>将片段对齐到动作(&amp;T)</translation>
    </message>
    <message>
        <source>Create span of a c&amp;lass...</source>
        <translation>按指定类别新建片段(&amp;L)...</translation>
    </message>
    <message>
        <source>Start five frames earlier</source>
        <translation>起点提前五帧</translation>
    </message>
    <message>
        <source>Start five frames later</source>
        <translation>起点推后五帧</translation>
    </message>
    <message>
        <source>End five frames earlier</source>
        <translation>终点提前五帧</translation>
    </message>
    <message>
        <source>End five frames later</source>
        <translation>终点推后五帧</translation>
    </message>
    <message>
        <source>Snap start to motion</source>
        <translation>起点吸附到动作</translation>
    </message>
    <message>
        <source>Snap end to motion</source>
        <translation>终点吸附到动作</translation>
    </message>
    <message>
        <source>Command &amp;palette...</source>
        <translation>命令面板(&amp;P)...</translation>
    </message>
    <message>
        <source>Change &amp;keys...</source>
        <translation>更改按键(&amp;K)...</translation>
    </message>
    <message>
        <source>Play the selected span &amp;once</source>
        <translation>播放所选片段一次(&amp;O)</translation>
    </message>
    <message>
        <source>To the first frame of the span</source>
        <translation>到片段首帧</translation>
    </message>
    <message>
        <source>To the last frame of the span</source>
        <translation>到片段末帧</translation>
    </message>
    <message>
        <source>&amp;Reaction time...</source>
        <translation>反应时间(&amp;R)...</translation>
    </message>
    <message>
        <source>Previous span on the lane</source>
        <translation>轨道上的上一个片段</translation>
    </message>
    <message>
        <source>Next span on the lane</source>
        <translation>轨道上的下一个片段</translation>
    </message>
    <message>
        <source>Lane above</source>
        <translation>上一条轨道</translation>
    </message>
    <message>
        <source>Lane below</source>
        <translation>下一条轨道</translation>
    </message>
    <message>
        <source>Pain&amp;t mode: hold a digit</source>
        <translation>涂画模式：按住数字键(&amp;T)</translation>
    </message>
    <message>
        <source>Next p&amp;eak of disagreement</source>
        <translation>下一个分歧峰值(&amp;E)</translation>
    </message>
    <message>
        <source>Previous pea&amp;k of disagreement</source>
        <translation>上一个分歧峰值(&amp;K)</translation>
    </message>
    <message>
        <source>&amp;Definition and examples of the class</source>
        <translation>类别的定义与示例(&amp;D)</translation>
    </message>
    <message>
        <source>Ta&amp;il sprint...</source>
        <translation>尾部类别冲刺(&amp;I)...</translation>
    </message>
    <message>
        <source>Ada&amp;pt by pseudo-labels</source>
        <translation>用伪标签适应(&amp;P)</translation>
    </message>
    <message>
        <source>Rounds of pseudo-&amp;labels</source>
        <translation>伪标签各轮(&amp;L)</translation>
    </message>
    <message>
        <source>Show changed pse&amp;udo-labels on the timeline</source>
        <translation>在时间轴上显示变化的伪标签(&amp;U)</translation>
    </message>
    <message>
        <source>&amp;New project from videos...</source>
        <translation>从视频新建项目(&amp;N)...</translation>
    </message>
    <message>
        <source>New empt&amp;y project...</source>
        <translation>新建空项目(&amp;Y)...</translation>
    </message>
    <message>
        <source>Video &amp;overlays...</source>
        <translation>视频叠加层(&amp;O)...</translation>
    </message>
    <message>
        <source>Record e&amp;ffort</source>
        <translation>记录工作量(&amp;F)</translation>
    </message>
    <message>
        <source>&amp;Report of the analysis...</source>
        <translation>分析报告(&amp;R)...</translation>
    </message>
    <message>
        <source>Settle &amp;disagreements...</source>
        <translation>裁定分歧(&amp;D)...</translation>
    </message>
</context>
<context>
    <name>PictureTour</name>
    <message>
        <source>Waited in vain for %1.</source>
        <translation>等待 %1 未果。</translation>
    </message>
    <message>
        <source>%1 could not be written.</source>
        <translation>无法写入 %1。</translation>
    </message>
    <message>
        <source>The window cannot be made as small as %1x%2 for %3: it wants %4x%5.</source>
        <translation>窗口无法缩小到 %1x%2（%3）：它需要 %4x%5。</translation>
    </message>
    <message>
        <source>%1 is %2x%3, larger than the window.</source>
        <translation>%1 的大小为 %2x%3，超出了窗口。</translation>
    </message>
</context>
<context>
    <name>Texts</name>
    <message>
        <source>open</source>
        <translation>待审</translation>
    </message>
    <message>
        <source>accepted</source>
        <translation>已接受</translation>
    </message>
    <message>
        <source>corrected</source>
        <translation>已修正</translation>
    </message>
    <message>
        <source>rejected</source>
        <translation>已拒绝</translation>
    </message>
    <message>
        <source>skipped</source>
        <translation>已跳过</translation>
    </message>
    <message>
        <source>flagged</source>
        <translation>已标旗</translation>
    </message>
    <message>
        <source>person</source>
        <translation>人工</translation>
    </message>
    <message>
        <source>model</source>
        <translation>模型</translation>
    </message>
    <message>
        <source>import</source>
        <translation>导入</translation>
    </message>
    <message>
        <source>training</source>
        <translation>训练</translation>
    </message>
    <message>
        <source>validation</source>
        <translation>验证</translation>
    </message>
    <message>
        <source>test</source>
        <translation>测试</translation>
    </message>
    <message>
        <source>unlabelled</source>
        <translation>无标注</translation>
    </message>
    <message>
        <source>Skeleton</source>
        <translation>骨架</translation>
    </message>
    <message>
        <source>Heatmap</source>
        <translation>热图</translation>
    </message>
    <message>
        <source>Picture</source>
        <translation>画面</translation>
    </message>
    <message>
        <source>Detector</source>
        <translation>检测</translation>
    </message>
    <message>
        <source>Motion</source>
        <translation>运动</translation>
    </message>
    <message>
        <source>Fused</source>
        <translation>融合</translation>
    </message>
    <message>
        <source>unnamed gesture</source>
        <translation>未命名手势</translation>
    </message>
    <message>
        <source>%1 %</source>
        <translation>%1 %</translation>
    </message>
</context>
<context>
    <name>ViewMenus</name>
    <message>
        <source>&amp;System</source>
        <translation>跟随系统(&amp;S)</translation>
    </message>
    <message>
        <source>&amp;Light</source>
        <translation>浅色(&amp;L)</translation>
    </message>
    <message>
        <source>&amp;Dark</source>
        <translation>深色(&amp;D)</translation>
    </message>
    <message>
        <source>&amp;Theme</source>
        <translation>主题(&amp;T)</translation>
    </message>
    <message>
        <source>Lan&amp;guage</source>
        <translation>语言(&amp;G)</translation>
    </message>
    <message>
        <source>The language changes when Telltale starts the next time.</source>
        <translation>下次启动 Telltale 时语言生效。</translation>
    </message>
    <message>
        <source>&amp;Panels</source>
        <translation>面板(&amp;P)</translation>
    </message>
    <message>
        <source>&amp;Default arrangement</source>
        <translation>默认布局(&amp;D)</translation>
    </message>
    <message>
        <source>Timel&amp;ine</source>
        <translation>时间轴(&amp;I)</translation>
    </message>
    <message>
        <source>Show &amp;pictures</source>
        <translation>显示图片(&amp;P)</translation>
    </message>
    <message>
        <source>Show &amp;sound</source>
        <translation>显示声音(&amp;S)</translation>
    </message>
    <message>
        <source>Show how body parts &amp;move</source>
        <translation>显示身体各部位的运动(&amp;M)</translation>
    </message>
    <message>
        <source>Show pose &amp;quality</source>
        <translation>显示姿态质量(&amp;Q)</translation>
    </message>
    <message>
        <source>&amp;All points</source>
        <translation>所有关键点(&amp;A)</translation>
    </message>
    <message>
        <source>&amp;Head</source>
        <translation>头部(&amp;H)</translation>
    </message>
    <message>
        <source>A&amp;rms</source>
        <translation>手臂(&amp;R)</translation>
    </message>
    <message>
        <source>Ha&amp;nds</source>
        <translation>手部(&amp;N)</translation>
    </message>
    <message>
        <source>&amp;Body without hands</source>
        <translation>身体（不含手）(&amp;B)</translation>
    </message>
    <message>
        <source>Heat&amp;map of</source>
        <translation>热图内容(&amp;M)</translation>
    </message>
    <message>
        <source>&amp;High contrast</source>
        <translation>高对比度(&amp;H)</translation>
    </message>
    <message>
        <source>Of the &amp;label scheme</source>
        <translation>按标签方案(&amp;L)</translation>
    </message>
    <message>
        <source>Safe for &amp;colour-blind eyes</source>
        <translation>适合色觉障碍者(&amp;C)</translation>
    </message>
    <message>
        <source>By &amp;body part</source>
        <translation>按身体部位(&amp;B)</translation>
    </message>
    <message>
        <source>Si&amp;ze of everything</source>
        <translation>界面大小(&amp;Z)</translation>
    </message>
    <message>
        <source>%1 %</source>
        <translation>%1 %</translation>
    </message>
    <message>
        <source>The size changes when Telltale starts the next time.</source>
        <translation>大小将在下次启动 Telltale 时改变。</translation>
    </message>
    <message>
        <source>&amp;Class colours</source>
        <translation>类别颜色(&amp;C)</translation>
    </message>
    <message>
        <source>A &amp;sign for each class</source>
        <translation>每个类别带符号(&amp;S)</translation>
    </message>
</context>
<context>
    <name>telltale::Document</name>
    <message>
        <source>Add video</source>
        <translation>添加视频</translation>
    </message>
    <message>
        <source>Find video</source>
        <translation>找到视频</translation>
    </message>
    <message>
        <source>Move videos</source>
        <translation>移动视频</translation>
    </message>
    <message>
        <source>Set pose track</source>
        <translation>设置姿态轨迹</translation>
    </message>
    <message>
        <source>Change split</source>
        <translation>更改数据划分</translation>
    </message>
    <message>
        <source>Rename subject</source>
        <translation>重命名受试者</translation>
    </message>
    <message>
        <source>Name person</source>
        <translation>命名人物</translation>
    </message>
    <message>
        <source>Add span</source>
        <translation>添加片段</translation>
    </message>
    <message>
        <source>Import</source>
        <translation>导入</translation>
    </message>
    <message>
        <source>Remove span</source>
        <translation>删除片段</translation>
    </message>
    <message>
        <source>Move boundary</source>
        <translation>移动边界</translation>
    </message>
    <message>
        <source>Name span</source>
        <translation>命名片段</translation>
    </message>
    <message>
        <source>Decide</source>
        <translation>判定</translation>
    </message>
    <message>
        <source>Accept above threshold</source>
        <translation>接受高于阈值的提议</translation>
    </message>
    <message>
        <source>Split span</source>
        <translation>拆分片段</translation>
    </message>
    <message>
        <source>Merge spans</source>
        <translation>合并片段</translation>
    </message>
    <message>
        <source>Mark as reviewed</source>
        <translation>标记为已审阅</translation>
    </message>
    <message>
        <source>Mark as not reviewed</source>
        <translation>标记为未审阅</translation>
    </message>
    <message>
        <source>Add note</source>
        <translation>添加备注</translation>
    </message>
    <message>
        <source>Change note</source>
        <translation>修改备注</translation>
    </message>
    <message>
        <source>Add proposals</source>
        <translation>添加提议</translation>
    </message>
    <message>
        <source>Use retrained heads</source>
        <translation>使用重新训练的分类头</translation>
    </message>
    <message>
        <source>Keep retrained heads for comparison</source>
        <translation>保留重新训练的分类头以供比较</translation>
    </message>
    <message>
        <source>Use other heads</source>
        <translation>使用其他分类头</translation>
    </message>
    <message>
        <source>Discard retrained heads</source>
        <translation>丢弃重新训练的分类头</translation>
    </message>
    <message>
        <source>Add classes</source>
        <translation>添加类别</translation>
    </message>
    <message>
        <source>Change label scheme</source>
        <translation>更改标签方案</translation>
    </message>
    <message>
        <source>Synchronise cameras</source>
        <translation>同步摄像机</translation>
    </message>
    <message>
        <source>Move camera in time</source>
        <translation>调整摄像机时间</translation>
    </message>
    <message>
        <source>Take camera out of its session</source>
        <translation>将摄像机移出会话</translation>
    </message>
    <message>
        <source>Change team</source>
        <translation>更改团队</translation>
    </message>
    <message>
        <source>Adjudicate</source>
        <translation>裁定</translation>
    </message>
    <message>
        <source>Swap persons</source>
        <translation>交换人物</translation>
    </message>
    <message>
        <source>Split person</source>
        <translation>拆分人物</translation>
    </message>
    <message>
        <source>Join persons</source>
        <translation>合并人物</translation>
    </message>
    <message>
        <source>Remove person</source>
        <translation>移除人物</translation>
    </message>
    <message>
        <source>Correct points</source>
        <translation>修正关键点</translation>
    </message>
    <message>
        <source>Take back corrected points</source>
        <translation>撤回修正的关键点</translation>
    </message>
    <message>
        <source>Set crops</source>
        <translation>设置裁剪区域</translation>
    </message>
    <message>
        <source>Move crop</source>
        <translation>移动裁剪区域</translation>
    </message>
    <message>
        <source>Take back moved crop</source>
        <translation>撤回移动的裁剪区域</translation>
    </message>
    <message>
        <source>Settle conflict</source>
        <translation>解决冲突</translation>
    </message>
    <message>
        <source>Propose again</source>
        <translation>重新提议</translation>
    </message>
    <message>
        <source>Accept</source>
        <translation>接受</translation>
    </message>
    <message>
        <source>Correct</source>
        <translation>更正</translation>
    </message>
    <message>
        <source>Reject</source>
        <translation>拒绝</translation>
    </message>
    <message>
        <source>Skip</source>
        <translation>跳过</translation>
    </message>
    <message>
        <source>Flag</source>
        <translation>标旗</translation>
    </message>
    <message>
        <source>&quot;%1&quot; cannot be taken back or made again: somebody has changed the same thing since.</source>
        <translation>无法撤销或重做“%1”：此后有人更改了同一内容。</translation>
    </message>
    <message numerus="yes">
        <source>%1 (%n spans)</source>
        <translation>
            <numerusform>%1（%n 个片段）</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Decide %n proposal(s)</source>
        <translation>
            <numerusform>判定 %n 个提议</numerusform>
        </translation>
    </message>
    <message>
        <source>Decide proposals</source>
        <translation>判定提议</translation>
    </message>
</context>
<context>
    <name>telltale::ActionSet</name>
    <message>
        <source>%1 (%2)</source>
        <translation>%1（%2）</translation>
    </message>
</context>
<context>
    <name>telltale::AddVideosDialog</name>
    <message>
        <source>Add videos</source>
        <translation>添加视频</translation>
    </message>
    <message>
        <source>Video files</source>
        <translation>视频文件</translation>
    </message>
    <message>
        <source>&amp;Choose files...</source>
        <translation>选择文件(&amp;C)...</translation>
    </message>
    <message>
        <source>Take &amp;off the list</source>
        <translation>从列表移除(&amp;O)</translation>
    </message>
    <message>
        <source>s%1</source>
        <translation>s%1</translation>
    </message>
    <message>
        <source>Subject</source>
        <translation>受试者</translation>
    </message>
    <message>
        <source>Who is seen: subjects keep training and testing apart</source>
        <translation>画面中的人：按受试者划分训练与测试</translation>
    </message>
    <message>
        <source>Role</source>
        <translation>用途</translation>
    </message>
    <message>
        <source>&amp;Subject:</source>
        <translation>受试者(&amp;S)：</translation>
    </message>
    <message>
        <source>&amp;Role:</source>
        <translation>用途(&amp;R)：</translation>
    </message>
    <message>
        <source>Add</source>
        <translation>添加</translation>
    </message>
    <message>
        <source>Videos (*.mp4 *.avi *.mkv *.mov *.webm *.m4v *.mpg *.mpeg *.wmv);;All files (*)</source>
        <translation>视频 (*.mp4 *.avi *.mkv *.mov *.webm *.m4v *.mpg *.mpeg *.wmv);;所有文件 (*)</translation>
    </message>
    <message>
        <source>The videos of one person. They stay where they are; more can be added at any time.</source>
        <translation>同一个人的视频。文件保留在原处；随时可以再添加。</translation>
    </message>
    <message>
        <source>Somebody new: the role holds for all videos of this person.</source>
        <translation>新受试者：该角色适用于此人的所有视频。</translation>
    </message>
    <message>
        <source>%1 is in the project already, for %2. One person has one role, so that training and testing stay apart; it is changed under Project, Subjects.</source>
        <translation>%1 已在项目中，用于%2。每人只有一个角色，以便训练与测试分开；可在“项目”菜单的“受试者”中更改。</translation>
    </message>
</context>
<context>
    <name>telltale::Analysis</name>
    <message>
        <source>The video was removed meanwhile.</source>
        <translation>该视频已被移除。</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <translation>%1：%2</translation>
    </message>
    <message numerus="yes">
        <source>%n span(s) found.</source>
        <translation>
            <numerusform>找到 %n 个片段。</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>telltale::AnalyzeDialog</name>
    <message>
        <source>Pose model</source>
        <translation>姿态模型</translation>
    </message>
    <message>
        <source>Analyze videos</source>
        <translation>分析视频</translation>
    </message>
    <message>
        <source>Videos to analyze</source>
        <translation>要分析的视频</translation>
    </message>
    <message>
        <source>%1 (%2)</source>
        <translation>%1（%2）</translation>
    </message>
    <message>
        <source>The file is not there</source>
        <translation>文件不存在</translation>
    </message>
    <message>
        <source>The skeletons that the videos have</source>
        <translation>使用视频已有的骨架</translation>
    </message>
    <message>
        <source>Run a pose model</source>
        <translation>运行姿态模型</translation>
    </message>
    <message>
        <source>Where the skeleton comes from</source>
        <translation>骨架来源</translation>
    </message>
    <message>
        <source>&amp;Skeleton:</source>
        <translation>骨架(&amp;S)：</translation>
    </message>
    <message>
        <source>&amp;Pose model:</source>
        <translation>姿态模型(&amp;P)：</translation>
    </message>
    <message>
        <source>Analyze</source>
        <translation>分析</translation>
    </message>
    <message>
        <source>Runs in the background. Open proposals of earlier runs are replaced; what you decided stays.</source>
        <translation>在后台运行。先前未处理的建议会被替换；您已作的决定会保留。</translation>
    </message>
    <message>
        <source>Choose the file of a pose model, for example one in ONNX form.</source>
        <translation>请选择姿态模型文件，例如 ONNX 格式的文件。</translation>
    </message>
    <message>
        <source>The skeletons that the videos have; motion alone where there is none</source>
        <translation>视频已有的骨架；没有骨架时仅用运动</translation>
    </message>
    <message>
        <source>Model &amp;file:</source>
        <translation>模型文件(&amp;F)：</translation>
    </message>
    <message>
        <source>A file...</source>
        <translation>文件...</translation>
    </message>
    <message>
        <source>Runs in the background. Open proposals of earlier runs are replaced; what you decided stays. Stopped work on skeletons goes on where it was.</source>
        <translation>在后台运行。之前运行留下的未决建议会被替换；您已决定的保持不变。中断的骨架提取会从中断处继续。</translation>
    </message>
    <message>
        <source>Choose the file of a pose model (ONNX, TensorFlow, Caffe or TorchScript). Without one, choose the skeletons that the videos have: gestures are then looked for by motion alone where there is none.</source>
        <translation>请选择姿态模型文件（ONNX、TensorFlow、Caffe 或 TorchScript）。如果没有模型，请选择使用视频已有的骨架：没有骨架时仅凭运动寻找手势。</translation>
    </message>
</context>
<context>
    <name>telltale::CameraPane</name>
    <message>
        <source>Picture of %1</source>
        <translation>%1 的画面</translation>
    </message>
    <message>
        <source>Opening %1...</source>
        <translation>正在打开 %1...</translation>
    </message>
    <message>
        <source> ms</source>
        <translation> 毫秒</translation>
    </message>
    <message>
        <source>Offset of %1</source>
        <translation>%1 的偏移</translation>
    </message>
    <message>
        <source>When this camera&apos;s video begins on the clock of the main one. Larger: its pictures come later.</source>
        <translation>该摄像机的视频在主视频时钟上的开始时间。数值越大，画面越晚出现。</translation>
    </message>
    <message>
        <source>The offset in pictures of this camera</source>
        <translation>以该摄像机的帧数表示的偏移</translation>
    </message>
    <message>
        <source>Main</source>
        <translation>主画面</translation>
    </message>
    <message>
        <source>Make this the main picture</source>
        <translation>设为主画面</translation>
    </message>
    <message>
        <source>Make %1 the main picture</source>
        <translation>将 %1 设为主画面</translation>
    </message>
    <message>
        <source>%1 fr</source>
        <translation>%1 帧</translation>
    </message>
    <message>
        <source>%1 begins at %2 of the main video.</source>
        <translation>%1 从主视频的 %2 开始。</translation>
    </message>
    <message>
        <source>%1 ended at %2 of the main video.</source>
        <translation>%1 在主视频的 %2 结束。</translation>
    </message>
</context>
<context>
    <name>telltale::Cameras</name>
    <message>
        <source>%1 is not there. Put it back to see it.</source>
        <translation>%1 不存在。放回原处即可观看。</translation>
    </message>
</context>
<context>
    <name>telltale::CamerasDialog</name>
    <message>
        <source>Cameras of this session</source>
        <translation>本次会话的摄像机</translation>
    </message>
    <message>
        <source>Which videos were recorded together with %1? They are shown beside it and follow it; move them in time with Alt+Left and Alt+Right.</source>
        <translation>哪些视频是与 %1 同时录制的？它们会显示在旁边并与其同步；用 Alt+Left 和 Alt+Right 调整时间。</translation>
    </message>
    <message>
        <source>Other videos of the project</source>
        <translation>项目中的其他视频</translation>
    </message>
    <message>
        <source>%1  (%2)</source>
        <translation>%1  (%2)</translation>
    </message>
    <message>
        <source>The project has no other video yet: add the other cameras&apos; videos first.</source>
        <translation>项目中还没有其他视频：请先添加其他摄像机的视频。</translation>
    </message>
    <message numerus="yes">
        <source>At most four videos can be shown together: uncheck %n.</source>
        <translation>
            <numerusform>最多可同时显示四个视频：请取消勾选 %n 个。</numerusform>
        </translation>
    </message>
    <message>
        <source>Nothing checked: the video is shown alone.</source>
        <translation>未勾选：单独显示该视频。</translation>
    </message>
    <message numerus="yes">
        <source>%n videos side by side.</source>
        <translation>
            <numerusform>%n 个视频并排显示。</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>telltale::CandidateButton</name>
    <message>
        <source>%1, %2 (key %3)</source>
        <translation>%1，%2（按键 %3）</translation>
    </message>
    <message>
        <source>No further candidate (key %1)</source>
        <translation>没有更多候选（按键 %1）</translation>
    </message>
    <message>
        <source>none</source>
        <translation>无</translation>
    </message>
</context>
<context>
    <name>telltale::ClassCountView</name>
    <message>
        <source>Solid: decided by a person, outlined: still proposed.</source>
        <translation>实心：已由人确认；空心：仍为建议。</translation>
    </message>
    <message>
        <source>Spans per class</source>
        <translation>各类别的片段数</translation>
    </message>
    <message>
        <source>There are no spans to count yet.

Analyze a video or mark a gesture: the long tail of the classes shows here.</source>
        <translation>还没有可统计的片段。

分析一个视频或标记一个手势后，类别的长尾分布会显示在这里。</translation>
    </message>
    <message>
        <source>%1 spans decided, %2 proposed, %3 classes</source>
        <translation>已确认 %1 个片段，建议 %2 个，共 %3 类</translation>
    </message>
</context>
<context>
    <name>telltale::ClassPicker</name>
    <message>
        <source>Choose a class</source>
        <translation>选择类别</translation>
    </message>
    <message>
        <source>Type a part of the name</source>
        <translation>输入名称的一部分</translation>
    </message>
    <message>
        <source>Part of the class&apos;s name</source>
        <translation>类别名称的一部分</translation>
    </message>
    <message>
        <source>Classes</source>
        <translation>类别</translation>
    </message>
    <message>
        <source>This project has no classes yet. Import a file that names them.</source>
        <translation>此项目还没有类别。请导入含有类别名称的文件。</translation>
    </message>
    <message>
        <source>%1 (%2)</source>
        <translation>%1（%2）</translation>
    </message>
</context>
<context>
    <name>telltale::Commands</name>
    <message>
        <source>Open project</source>
        <translation>打开项目</translation>
    </message>
    <message>
        <source>Making the demo project</source>
        <translation>正在制作演示项目</translation>
    </message>
    <message>
        <source>Go to</source>
        <translation>跳转</translation>
    </message>
    <message>
        <source>A frame (123), seconds (4.5s) or a time (1:02.3):</source>
        <translation>帧号 (123)、秒数 (4.5s) 或时间 (1:02.3)：</translation>
    </message>
    <message>
        <source>&quot;%1&quot; is no position: write a frame (123), seconds (4.5s) or a time (1:02.3).</source>
        <translation>“%1”不是有效位置：请输入帧号 (123)、秒数 (4.5s) 或时间 (1:02.3)。</translation>
    </message>
    <message>
        <source>About Telltale</source>
        <translation>关于 Telltale</translation>
    </message>
    <message>
        <source>&lt;b&gt;Telltale %1&lt;/b&gt;&lt;p&gt;A desktop studio for micro-gestures.&lt;/p&gt;&lt;p&gt;Free software under the GNU General Public License, version 3 or later.&lt;/p&gt;</source>
        <translation>&lt;b&gt;Telltale %1&lt;/b&gt;&lt;p&gt;微手势桌面工作室。&lt;/p&gt;&lt;p&gt;自由软件，遵循 GNU 通用公共许可证第 3 版或更高版本。&lt;/p&gt;</translation>
    </message>
</context>
<context>
    <name>telltale::ConfusionView</name>
    <message>
        <source>Confusion matrix</source>
        <translation>混淆矩阵</translation>
    </message>
    <message>
        <source>Blue: named correctly, orange: confused. The stronger, the larger the share of its row.</source>
        <translation>蓝色：判断正确；橙色：混淆。颜色越深，占该行的比例越大。</translation>
    </message>
    <message>
        <source>There is no confusion matrix yet.

Accept, correct or reject some proposals: it compares what the model said with what you decided.</source>
        <translation>还没有混淆矩阵。

接受、修正或拒绝一些建议后，这里会比较模型的判断与您的决定。</translation>
    </message>
    <message>
        <source>predicted</source>
        <translation>预测</translation>
    </message>
    <message>
        <source>truth</source>
        <translation>真值</translation>
    </message>
    <message>
        <source>truth &lt;b&gt;%1&lt;/b&gt; → predicted &lt;b&gt;%2&lt;/b&gt;: %3 (%4 %)</source>
        <translation>真值 &lt;b&gt;%1&lt;/b&gt; → 预测 &lt;b&gt;%2&lt;/b&gt;：%3（%4 %）</translation>
    </message>
    <message>
        <source>Confusion between classes</source>
        <translation>类别间的混淆</translation>
    </message>
    <message>
        <source>%1 minus %2</source>
        <translation>%1 减 %2</translation>
    </message>
    <message>
        <source>decided</source>
        <translation>决定</translation>
    </message>
    <message>
        <source>nothing</source>
        <translation>无动作</translation>
    </message>
    <message>
        <source>decided: %1
predicted: %2</source>
        <translation>决定：%1
预测：%2</translation>
    </message>
    <message>
        <source>%1 of %2 that were decided so (%3 %)</source>
        <translation>占如此决定的 %2 个中的 %1 个（%3 %）</translation>
    </message>
    <message>
        <source>%1 of %2 that were predicted so (%3 %)</source>
        <translation>占如此预测的 %2 个中的 %1 个（%3 %）</translation>
    </message>
    <message>
        <source>Blue: more in the second, orange: less.</source>
        <translation>蓝色：第二个更多；橙色：更少。</translation>
    </message>
    <message>
        <source>Blue: named correctly, orange: confused. The stronger, the larger the share%1.</source>
        <translation>蓝色：命名正确；橙色：混淆。颜色越深，%1的份额越大。</translation>
    </message>
    <message>
        <source> of its column</source>
        <translation>所在列</translation>
    </message>
    <message>
        <source> of its row</source>
        <translation>所在行</translation>
    </message>
</context>
<context>
    <name>telltale::ExportDialog</name>
    <message>
        <source>File or folder to write</source>
        <translation>要写入的文件或文件夹</translation>
    </message>
    <message>
        <source>Report</source>
        <translation>报告</translation>
    </message>
    <message>
        <source>What was written will be listed here.</source>
        <translation>写入的内容会列在这里。</translation>
    </message>
    <message>
        <source>Export</source>
        <translation>导出</translation>
    </message>
    <message>
        <source>Format</source>
        <translation>格式</translation>
    </message>
    <message>
        <source>F&amp;ormat:</source>
        <translation>格式(&amp;O)：</translation>
    </message>
    <message>
        <source>&amp;Path:</source>
        <translation>路径(&amp;P)：</translation>
    </message>
    <message>
        <source>Spans that are:</source>
        <translation>片段状态：</translation>
    </message>
    <message>
        <source>A folder</source>
        <translation>文件夹</translation>
    </message>
    <message numerus="yes">
        <source>%n span(s) will be written.</source>
        <translation>
            <numerusform>将写入 %n 个片段。</numerusform>
        </translation>
    </message>
    <message>
        <source>%1 is there already. Write over it?</source>
        <translation>%1 已存在。是否覆盖？</translation>
    </message>
    <message>
        <source>Nothing was exported: %1</source>
        <translation>未导出任何内容：%1</translation>
    </message>
    <message>
        <source>Exported to %1</source>
        <translation>已导出到 %1</translation>
    </message>
    <message>
        <source>The export was stopped, nothing was written.</source>
        <translation>导出已停止，未写入任何内容。</translation>
    </message>
    <message>
        <source>A new folder</source>
        <translation>新文件夹</translation>
    </message>
    <message>
        <source>A new folder with a file for each video, or one file (%1) for one video</source>
        <translation>新文件夹，每个视频一个文件；只有一个视频时也可以是一个文件（%1）</translation>
    </message>
    <message>
        <source>The skeletons of all videos will be written.</source>
        <translation>将写出所有视频的骨架。</translation>
    </message>
</context>
<context>
    <name>telltale::ImportDialog</name>
    <message>
        <source>Add &amp;labels that the project does not know</source>
        <translation>添加项目中没有的标签(&amp;L)</translation>
    </message>
    <message>
        <source>Import</source>
        <translation>导入</translation>
    </message>
    <message>
        <source>Format</source>
        <translation>格式</translation>
    </message>
    <message>
        <source>Frames a second for videos that are not there</source>
        <translation>缺失视频的每秒帧数</translation>
    </message>
    <message>
        <source>as the format says</source>
        <translation>按格式规定</translation>
    </message>
    <message>
        <source>Number of the first frame in the file</source>
        <translation>文件中第一帧的编号</translation>
    </message>
    <message>
        <source>F&amp;ormat:</source>
        <translation>格式(&amp;O)：</translation>
    </message>
    <message>
        <source>&amp;Path:</source>
        <translation>路径(&amp;P)：</translation>
    </message>
    <message>
        <source>Frame rate of &amp;missing videos:</source>
        <translation>缺失视频的帧率(&amp;M)：</translation>
    </message>
    <message>
        <source> frames a second</source>
        <translation> 帧/秒</translation>
    </message>
    <message>
        <source>First &amp;frame number:</source>
        <translation>首帧编号(&amp;F)：</translation>
    </message>
    <message>
        <source>A folder</source>
        <translation>文件夹</translation>
    </message>
    <message>
        <source>Nothing was imported: %1</source>
        <translation>未导入任何内容：%1</translation>
    </message>
    <message>
        <source>The import was stopped, nothing was changed.</source>
        <translation>导入已停止，未作任何更改。</translation>
    </message>
    <message>
        <source>Files or folder to import</source>
        <translation>要导入的文件或文件夹</translation>
    </message>
    <message>
        <source>Leave &amp;out what cannot be imported, and import the rest</source>
        <translation>略去不能导入的内容，导入其余部分(&amp;O)</translation>
    </message>
    <message>
        <source>As the file is</source>
        <translation>按文件内容识别</translation>
    </message>
    <message>
        <source>Files (%1), or a folder of them</source>
        <translation>文件（%1），或存放它们的文件夹</translation>
    </message>
    <message>
        <source>Files, or a folder of them</source>
        <translation>文件，或存放它们的文件夹</translation>
    </message>
    <message>
        <source>Cannot be imported: %1</source>
        <translation>无法导入：%1</translation>
    </message>
</context>
<context>
    <name>telltale::InspectorPanel</name>
    <message>
        <source>yes</source>
        <translation>是</translation>
    </message>
    <message>
        <source>no</source>
        <translation>否</translation>
    </message>
    <message>
        <source>Select a span to see what each model said of it and how it came to be.</source>
        <translation>选择一个片段，查看各模型的判断及其来历。</translation>
    </message>
    <message>
        <source>Probabilities by class and modality</source>
        <translation>各类别与模态的概率</translation>
    </message>
    <message>
        <source>Record of the span</source>
        <translation>片段记录</translation>
    </message>
    <message>
        <source>Class</source>
        <translation>类别</translation>
    </message>
    <message>
        <source>Time</source>
        <translation>时间</translation>
    </message>
    <message>
        <source>%1 to %2</source>
        <translation>%1 至 %2</translation>
    </message>
    <message>
        <source>Length</source>
        <translation>时长</translation>
    </message>
    <message>
        <source>%1 s</source>
        <translation>%1 秒</translation>
    </message>
    <message>
        <source>Frames</source>
        <translation>帧</translation>
    </message>
    <message>
        <source>State</source>
        <translation>状态</translation>
    </message>
    <message>
        <source>Origin</source>
        <translation>来源</translation>
    </message>
    <message>
        <source>Annotator</source>
        <translation>标注者</translation>
    </message>
    <message>
        <source>Consensus</source>
        <translation>共识</translation>
    </message>
    <message>
        <source>Adapted</source>
        <translation>自适应</translation>
    </message>
    <message>
        <source>on the scored clips, without their labels (transductive)</source>
        <translation>在被评分的片段上进行，不使用其标签（直推式）</translation>
    </message>
    <message>
        <source>on other clips of the same people (inductive)</source>
        <translation>在同一批人的其他片段上进行（归纳式）</translation>
    </message>
    <message>
        <source>reached: pseudo-label</source>
        <translation>已达成：伪标签</translation>
    </message>
    <message>
        <source>not reached</source>
        <translation>未达成</translation>
    </message>
    <message>
        <source>Model</source>
        <translation>模型</translation>
    </message>
    <message>
        <source>Recipe</source>
        <translation>配方</translation>
    </message>
    <message>
        <source>Run</source>
        <translation>运行</translation>
    </message>
    <message>
        <source>Birth record</source>
        <translation>生成记录</translation>
    </message>
    <message>
        <source>Detector</source>
        <translation>检测器</translation>
    </message>
    <message>
        <source>Ensemble</source>
        <translation>集成</translation>
    </message>
    <message>
        <source>Together</source>
        <translation>综合</translation>
    </message>
    <message>
        <source>What found the span: is it a gesture?</source>
        <translation>找到该片段的模型：这是不是一个手势？</translation>
    </message>
    <message>
        <source>What named it: the vote of all that looked at the clip.</source>
        <translation>为其命名的模型：所有看过该片段的模型的投票。</translation>
    </message>
    <message>
        <source>The product of both scores.</source>
        <translation>两个得分的乘积。</translation>
    </message>
    <message>
        <source>a gesture</source>
        <translation>是手势</translation>
    </message>
    <message>
        <source>has not named it</source>
        <translation>尚未命名</translation>
    </message>
    <message>
        <source>Detector and ensemble name different classes.</source>
        <translation>检测器与集成给出的类别不同。</translation>
    </message>
    <message>
        <source>Select a span to see what each model said of it, how it came to be, and what its class means.</source>
        <translation>选择一个片段，查看各模型的判断、其来历以及类别的含义。</translation>
    </message>
    <message>
        <source>What is known of the span</source>
        <translation>关于该片段的信息</translation>
    </message>
    <message>
        <source>Scores</source>
        <translation>得分</translation>
    </message>
    <message>
        <source>What each model says of the span</source>
        <translation>各模型对该片段的判断</translation>
    </message>
    <message>
        <source>Birth</source>
        <translation>来历</translation>
    </message>
    <message>
        <source>How the span came to be</source>
        <translation>该片段是如何产生的</translation>
    </message>
    <message>
        <source>What the class means, and confirmed examples of other people</source>
        <translation>类别的含义，以及其他人的已确认示例</translation>
    </message>
    <message>
        <source>History</source>
        <translation>历史</translation>
    </message>
    <message>
        <source>Who has done what to the span</source>
        <translation>谁对该片段做过什么</translation>
    </message>
    <message>
        <source>frames %1 to %2</source>
        <translation>第 %1 至 %2 帧</translation>
    </message>
    <message>
        <source>by: %1</source>
        <translation>来自：%1</translation>
    </message>
</context>
<context>
    <name>telltale::JobStatus</name>
    <message>
        <source>Progress of the background job</source>
        <translation>后台任务进度</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <translation>%1：%2</translation>
    </message>
    <message>
        <source>Proxy</source>
        <translation>代理视频</translation>
    </message>
    <message>
        <source>Retraining</source>
        <translation>再训练</translation>
    </message>
    <message>
        <source>Analysis</source>
        <translation>分析</translation>
    </message>
    <message>
        <source>Adaptation</source>
        <translation>适应</translation>
    </message>
</context>
<context>
    <name>telltale::MainWindow</name>
    <message>
        <source>Toolbar</source>
        <translation>工具栏</translation>
    </message>
    <message>
        <source>Picture</source>
        <translation>画面</translation>
    </message>
    <message>
        <source>Timeline</source>
        <translation>时间轴</translation>
    </message>
    <message>
        <source>Videos</source>
        <translation>视频</translation>
    </message>
    <message>
        <source>Review</source>
        <translation>审阅</translation>
    </message>
    <message>
        <source>Inspector</source>
        <translation>检查器</translation>
    </message>
    <message>
        <source>Retrain</source>
        <translation>再训练</translation>
    </message>
    <message>
        <source>Statistics</source>
        <translation>统计</translation>
    </message>
    <message>
        <source>Retrained. Compare the new heads with those in use, and promote them if they are better.</source>
        <translation>再训练完成。请将新的分类头与正在使用的比较，若更好则启用。</translation>
    </message>
    <message>
        <source>Analyze...</source>
        <translation>分析...</translation>
    </message>
    <message>
        <source>Analyzed. %1</source>
        <translation>分析完成。%1</translation>
    </message>
    <message>
        <source>%1 - Telltale</source>
        <translation>%1 - Telltale</translation>
    </message>
    <message>
        <source>Telltale</source>
        <translation>Telltale</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <translation>%1：%2</translation>
    </message>
    <message>
        <source>&amp;Undo</source>
        <translation>撤销(&amp;U)</translation>
    </message>
    <message>
        <source>&amp;Redo</source>
        <translation>重做(&amp;R)</translation>
    </message>
    <message>
        <source>%1 x %2</source>
        <translation>%1 x %2</translation>
    </message>
    <message>
        <source>%1 frames a second</source>
        <translation>%1 帧/秒</translation>
    </message>
    <message>
        <source>variable rate</source>
        <translation>可变帧率</translation>
    </message>
    <message>
        <source>no skeleton yet: analyze the video</source>
        <translation>还没有骨架：请分析视频</translation>
    </message>
    <message>
        <source>History</source>
        <translation>历史记录</translation>
    </message>
    <message>
        <source>Opening %1...</source>
        <translation>正在打开 %1...</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>%1 You can go on: edits are kept and written as soon as that is possible.</source>
        <translation>%1 您可以继续工作：编辑会保留，一旦可能就写入。</translation>
    </message>
    <message numerus="yes">
        <source>Somebody else had changed what you were changing: both versions are kept. %n conflict(s) are open.</source>
        <translation>
            <numerusform>他人已改动您正在改动的内容：两个版本都已保留。还有 %n 个冲突待处理。</numerusform>
        </translation>
    </message>
    <message>
        <source>Show</source>
        <translation>显示</translation>
    </message>
    <message>
        <source>&amp;Conflicts (%1)...</source>
        <translation>冲突 (%1)(&amp;C)...</translation>
    </message>
    <message>
        <source>&amp;Conflicts...</source>
        <translation>冲突(&amp;C)...</translation>
    </message>
    <message>
        <source>Stopped. The skeletons found so far are kept: analyze again with the same pose model, and it goes on where it was.</source>
        <translation>已停止。已找到的骨架会保留：用同一姿态模型再次分析，即从中断处继续。</translation>
    </message>
    <message>
        <source>This video has no crops yet: where the models look at each person.</source>
        <translation>此视频还没有裁剪框：即模型观察每个人的区域。</translation>
    </message>
    <message>
        <source>Find crops</source>
        <translation>寻找裁剪框</translation>
    </message>
    <message>
        <source>Pseudo-labels</source>
        <translation>伪标签</translation>
    </message>
    <message>
        <source>Analysis</source>
        <translation>分析</translation>
    </message>
</context>
<context>
    <name>telltale::MessageBar</name>
    <message>
        <source>Close this message</source>
        <translation>关闭此消息</translation>
    </message>
</context>
<context>
    <name>telltale::NewProjectDialog</name>
    <message>
        <source>Project folder</source>
        <translation>项目文件夹</translation>
    </message>
    <message>
        <source>Label file</source>
        <translation>标签文件</translation>
    </message>
    <message>
        <source>New project</source>
        <translation>新建项目</translation>
    </message>
    <message>
        <source>An empty folder, or one that will be made</source>
        <translation>空文件夹，或将要新建的文件夹</translation>
    </message>
    <message>
        <source>SMG: 17 gestures (conversation, standing)</source>
        <translation>SMG：17 类手势（站立交谈）</translation>
    </message>
    <message>
        <source>iMiGUE: 32 gestures (interviews, seated)</source>
        <translation>iMiGUE：32 类手势（坐姿采访）</translation>
    </message>
    <message>
        <source>Own: empty, imports extend it</source>
        <translation>自定义：初始为空，导入时扩充</translation>
    </message>
    <message>
        <source>From a label file...</source>
        <translation>来自标签文件...</translation>
    </message>
    <message>
        <source>Labels</source>
        <translation>标签</translation>
    </message>
    <message>
        <source>&amp;Project folder:</source>
        <translation>项目文件夹(&amp;P)：</translation>
    </message>
    <message>
        <source>&amp;Labels:</source>
        <translation>标签(&amp;L)：</translation>
    </message>
    <message>
        <source>Label &amp;file:</source>
        <translation>标签文件(&amp;F)：</translation>
    </message>
    <message>
        <source>Create</source>
        <translation>创建</translation>
    </message>
    <message>
        <source>The folder will hold the project&apos;s database, cache and models. Videos stay where they are.</source>
        <translation>该文件夹将存放项目的数据库、缓存和模型。视频保留在原处。</translation>
    </message>
    <message>
        <source>There is a project in this folder already: open it, or choose another folder.</source>
        <translation>此文件夹中已有项目：请打开它，或选择其他文件夹。</translation>
    </message>
</context>
<context>
    <name>telltale::PathEdit</name>
    <message>
        <source>Choose...</source>
        <translation>选择...</translation>
    </message>
    <message>
        <source>Choose: %1</source>
        <translation>选择：%1</translation>
    </message>
    <message>
        <source>Files (%1);;All files (*)</source>
        <translation>文件 (%1);;所有文件 (*)</translation>
    </message>
    <message>
        <source>Folder...</source>
        <translation>文件夹…</translation>
    </message>
    <message>
        <source>Choose a folder: %1</source>
        <translation>选择文件夹：%1</translation>
    </message>
</context>
<context>
    <name>telltale::Proxies</name>
    <message>
        <source>%1 is quick to seek in now; its proxy takes %2.</source>
        <translation>%1 现在可以快速定位；代理视频占用 %2。</translation>
    </message>
</context>
<context>
    <name>telltale::ClassScoreBars</name>
    <message>
        <source>F1 per class</source>
        <translation>各类别 F1</translation>
    </message>
    <message>
        <source>%1: now %2, new %3</source>
        <translation>%1：使用中 %2，新的 %3</translation>
    </message>
</context>
<context>
    <name>telltale::RetrainPanel</name>
    <message>
        <source>Accuracy</source>
        <translation>准确率</translation>
    </message>
    <message>
        <source>Macro F1</source>
        <translation>宏平均 F1</translation>
    </message>
    <message>
        <source>Weighted F1</source>
        <translation>加权 F1</translation>
    </message>
    <message>
        <source>F1 of frequent classes</source>
        <translation>常见类别 F1</translation>
    </message>
    <message>
        <source>F1 of medium classes</source>
        <translation>中等类别 F1</translation>
    </message>
    <message>
        <source>F1 of rare classes</source>
        <translation>稀有类别 F1</translation>
    </message>
    <message>
        <source>&amp;Promote</source>
        <translation>启用(&amp;P)</translation>
    </message>
    <message>
        <source>&amp;Discard</source>
        <translation>丢弃(&amp;D)</translation>
    </message>
    <message>
        <source>Roll &amp;back</source>
        <translation>回退(&amp;B)</translation>
    </message>
    <message>
        <source>Progress of the retraining</source>
        <translation>再训练进度</translation>
    </message>
    <message>
        <source>F1 per class</source>
        <translation>各类别 F1</translation>
    </message>
    <message>
        <source>Curves</source>
        <translation>曲线</translation>
    </message>
    <message>
        <source>Classes</source>
        <translation>类别</translation>
    </message>
    <message>
        <source>Bars: the new heads. Marks: the heads in use.</source>
        <translation>条形：新的分类头。标记：正在使用的分类头。</translation>
    </message>
    <message>
        <source>Scores of the heads in use and of the new ones</source>
        <translation>正在使用的分类头与新分类头的得分</translation>
    </message>
    <message>
        <source>In use</source>
        <translation>使用中</translation>
    </message>
    <message>
        <source>New</source>
        <translation>新的</translation>
    </message>
    <message>
        <source>Change</source>
        <translation>变化</translation>
    </message>
    <message>
        <source>Uses the new heads from now on</source>
        <translation>从现在起使用新的分类头</translation>
    </message>
    <message>
        <source>Takes the new heads out of the project; the step can be undone</source>
        <translation>将新的分类头移出项目；此步骤可撤销</translation>
    </message>
    <message>
        <source>Uses the heads again that the present ones were trained from</source>
        <translation>重新使用当前分类头训练时所依据的分类头</translation>
    </message>
    <message>
        <source>Stopped; nothing was changed.</source>
        <translation>已停止；没有任何改动。</translation>
    </message>
    <message>
        <source>Retraining from a snapshot; you can work on.</source>
        <translation>正在用快照再训练；您可以继续工作。</translation>
    </message>
    <message>
        <source>Done. Measured on held-out spans.</source>
        <translation>完成。在留出的片段上测得。</translation>
    </message>
    <message>
        <source>Done. Measured on the spans it learned from.</source>
        <translation>完成。在所学片段上测得。</translation>
    </message>
    <message>
        <source>New heads wait beside those in use: promote or discard them.</source>
        <translation>新的分类头正在等待：请启用或丢弃。</translation>
    </message>
    <message>
        <source>Retrained heads are in use. Retrain again when you have decided more.</source>
        <translation>正在使用再训练的分类头。做出更多决定后可再次训练。</translation>
    </message>
    <message>
        <source>Teaches the models what you have decided. It runs in the background and leaves your spans alone.</source>
        <translation>让模型学习您的决定。它在后台运行，不会改动您的片段。</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>停止</translation>
    </message>
    <message>
        <source>What if</source>
        <translation>假如启用</translation>
    </message>
    <message>
        <source>F1 of each class, epoch by epoch, beside that of the heads in use</source>
        <translation>每类逐轮的 F1，与正在使用的分类头对照</translation>
    </message>
    <message>
        <source>Which open proposals the new heads would name otherwise</source>
        <translation>新分类头会改名的待审建议</translation>
    </message>
    <message>
        <source>Uses the new heads from now on, although they forget classes</source>
        <translation>从现在起使用新的分类头，尽管它们遗忘了一些类别</translation>
    </message>
    <message>
        <source>The tool tip says which classes keep their heads.</source>
        <translation>哪些类别保留原有分类头，请看提示。</translation>
    </message>
</context>
<context>
    <name>telltale::Review</name>
    <message>
        <source>The start must lie before the end of the span: seek to an earlier frame.</source>
        <translation>起点必须在片段终点之前：请跳到更早的帧。</translation>
    </message>
    <message>
        <source>The end must lie behind the start of the span: seek to a later frame.</source>
        <translation>终点必须在片段起点之后：请跳到更晚的帧。</translation>
    </message>
    <message>
        <source>A new span is marked: Enter or A makes it, C names it, Esc drops it.</source>
        <translation>已标出一个新片段：按 Enter 或 A 建立，按 C 命名，按 Esc 放弃。</translation>
    </message>
</context>
<context>
    <name>telltale::ReviewPanel</name>
    <message>
        <source>Open</source>
        <translation>待审</translation>
    </message>
    <message>
        <source>Decided</source>
        <translation>已决定</translation>
    </message>
    <message>
        <source>All</source>
        <translation>全部</translation>
    </message>
    <message>
        <source>Which spans are listed</source>
        <translation>列出哪些片段</translation>
    </message>
    <message>
        <source>Most certain first</source>
        <translation>最确定的在前</translation>
    </message>
    <message>
        <source>Most uncertain first</source>
        <translation>最不确定的在前</translation>
    </message>
    <message>
        <source>By time</source>
        <translation>按时间</translation>
    </message>
    <message>
        <source>Order of the list</source>
        <translation>列表顺序</translation>
    </message>
    <message>
        <source>Only spans of this class</source>
        <translation>仅此类别的片段</translation>
    </message>
    <message>
        <source>Decided spans</source>
        <translation>已决定的片段</translation>
    </message>
    <message>
        <source>Spans to review</source>
        <translation>待审片段</translation>
    </message>
    <message>
        <source>All classes</source>
        <translation>所有类别</translation>
    </message>
    <message>
        <source>%1 - %2</source>
        <translation>%1 - %2</translation>
    </message>
    <message>
        <source>No span is selected</source>
        <translation>未选择片段</translation>
    </message>
    <message>
        <source>%1 of %2 decided</source>
        <translation>已决定 %1 / %2</translation>
    </message>
    <message>
        <source>Nothing to review yet.
Analyze a video, or mark a span with I, O and Enter.</source>
        <translation>还没有可审阅的内容。
请分析一个视频，或用 I、O 和回车标记片段。</translation>
    </message>
    <message>
        <source>Everything is decided.
Retrain to let the models learn from it.</source>
        <translation>全部已决定。
再训练可让模型从中学习。</translation>
    </message>
    <message>
        <source>No span fits these filters.</source>
        <translation>没有片段符合这些条件。</translation>
    </message>
    <message>
        <source>By detector score</source>
        <translation>按检测得分</translation>
    </message>
    <message>
        <source>By ensemble score</source>
        <translation>按集成得分</translation>
    </message>
    <message>
        <source>By both together</source>
        <translation>按综合得分</translation>
    </message>
    <message>
        <source>By expected gain</source>
        <translation>按预期收益</translation>
    </message>
    <message>
        <source>Tail hunt: rarest classes</source>
        <translation>长尾搜寻：最少见的类别</translation>
    </message>
    <message>
        <source>Boundary fix: doubtful ends</source>
        <translation>边界修正：起止可疑</translation>
    </message>
    <message>
        <source>Confusion pair</source>
        <translation>易混类别对</translation>
    </message>
    <message>
        <source>Random audit</source>
        <translation>随机抽查</translation>
    </message>
    <message>
        <source>Which two classes are taken for each other, and how often</source>
        <translation>哪两个类别易混淆，及其次数</translation>
    </message>
    <message>
        <source>Weights of the expected gain, and the audit share</source>
        <translation>预期收益的权重与抽查比例</translation>
    </message>
    <message>
        <source>No audit item is open.
The estimate below says what is left.</source>
        <translation>没有待定的抽查项。
下方的估计说明还剩多少。</translation>
    </message>
    <message>
        <source>No open span is torn between these classes.</source>
        <translation>没有待定片段在这两类之间难以区分。</translation>
    </message>
    <message>
        <source>%1 or %2 (%3)</source>
        <translation>%1 或 %2（%3）</translation>
    </message>
    <message>
        <source>Listed alone: %1. Click to list all spans again.</source>
        <translation>仅列出：%1。单击可重新列出全部片段。</translation>
    </message>
</context>
<context>
    <name>telltale::ShortcutSheet</name>
    <message>
        <source>Keyboard shortcuts</source>
        <translation>键盘快捷键</translation>
    </message>
    <message>
        <source>Timeline: Ctrl+wheel zooms, wheel and Shift+wheel pan, drag a span or its edge to move it (Esc cancels). Picture: wheel zooms, double click fits.</source>
        <translation>时间轴：Ctrl+滚轮缩放，滚轮和 Shift+滚轮平移，拖动片段或其边缘可移动（Esc 取消）。画面：滚轮缩放，双击适合窗口。</translation>
    </message>
    <message>
        <source>While points or crops are corrected: drag them; Tab goes to the next one, arrow keys move it by a pixel (with Shift ten), Delete removes a point or takes a crop back, Esc ends.</source>
        <translation>修正关键点或裁剪框时：直接拖动；Tab 转到下一个，方向键移动一个像素（按住 Shift 为十个），Delete 移除关键点或撤回裁剪框，Esc 结束。</translation>
    </message>
    <message>
        <source>Digits take candidates in review mode; in paint mode (%1) a digit that is held while the video plays paints a span of its class.</source>
        <translation>审阅模式下数字键采用候选；涂画模式（%1）下，播放时按住数字键即可画出该类别的片段。</translation>
    </message>
    <message>
        <source>Change &amp;keys...</source>
        <translation>更改按键(&amp;K)...</translation>
    </message>
    <message>
        <source>Other keys for actions, and presets of other programs</source>
        <translation>为操作指定其他按键，或使用其他软件的按键方案</translation>
    </message>
</context>
<context>
    <name>telltale::Sound</name>
    <message>
        <source>No sound device was found, so videos play silently.</source>
        <translation>未找到声音设备，视频将静音播放。</translation>
    </message>
    <message>
        <source>This video has no sound.</source>
        <translation>该视频没有声音。</translation>
    </message>
</context>
<context>
    <name>telltale::SoundDevice</name>
    <message>
        <source>The sound device cannot be opened.</source>
        <translation>无法打开声音设备。</translation>
    </message>
    <message>
        <source>The sound device has gone.</source>
        <translation>声音设备已断开。</translation>
    </message>
</context>
<context>
    <name>telltale::SpanListModel</name>
    <message>
        <source>%1, frames %2 to %3, %4</source>
        <translation>%1，第 %2 至 %3 帧，%4</translation>
    </message>
    <message>
        <source>Class</source>
        <translation>类别</translation>
    </message>
    <message>
        <source>Score</source>
        <translation>得分</translation>
    </message>
    <message>
        <source>State</source>
        <translation>状态</translation>
    </message>
    <message>
        <source>Video</source>
        <translation>视频</translation>
    </message>
    <message>
        <source>Time</source>
        <translation>时间</translation>
    </message>
    <message>
        <source>&quot;%1&quot; excludes &quot;%2&quot;, which overlaps it on the same person at frames %3 to %4: change or reject one of them.</source>
        <translation>“%1”与“%2”互斥，但两者在同一人的第 %3 至 %4 帧重叠：请修改或拒绝其中之一。</translation>
    </message>
    <message>
        <source>Detector</source>
        <translation>检测</translation>
    </message>
    <message>
        <source>Together</source>
        <translation>综合</translation>
    </message>
    <message>
        <source>Detector %1, ensemble %2, together %3</source>
        <translation>检测 %1，集成 %2，综合 %3</translation>
    </message>
    <message>
        <source>The detector would name it %1.</source>
        <translation>检测器会将其命名为“%1”。</translation>
    </message>
    <message>
        <source>Audit item: drawn at random, so that the precision of the others can be estimated.</source>
        <translation>抽查项：随机抽取，用于估计其余项目的精确率。</translation>
    </message>
    <message>
        <source>%1 (audit)</source>
        <translation>%1（抽查）</translation>
    </message>
</context>
<context>
    <name>telltale::StatisticsPanel</name>
    <message>
        <source>Confusion</source>
        <translation>混淆</translation>
    </message>
    <message>
        <source>Class counts</source>
        <translation>类别计数</translation>
    </message>
    <message>
        <source>Decide some of the models&apos; proposals to see where they err.</source>
        <translation>处理一些模型建议后，即可看到模型在哪里出错。</translation>
    </message>
    <message>
        <source>There are no spans yet.</source>
        <translation>还没有片段。</translation>
    </message>
    <message numerus="yes">
        <source>Accuracy %1, macro F1 %2 over %n decided span(s)</source>
        <translation>
            <numerusform>%n 个已决定片段：准确率 %1，宏平均 F1 %2</numerusform>
        </translation>
    </message>
    <message>
        <source>Augmentation</source>
        <translation>数据增强</translation>
    </message>
</context>
<context>
    <name>telltale::TimelinePresenter</name>
    <message>
        <source>The video&apos;s spans and curves will be here.</source>
        <translation>视频的片段和曲线会显示在这里。</translation>
    </message>
    <message>
        <source>Annotations</source>
        <translation>标注</translation>
    </message>
    <message>
        <source>Proposals</source>
        <translation>建议</translation>
    </message>
    <message>
        <source>new span</source>
        <translation>新片段</translation>
    </message>
    <message>
        <source>Pictures</source>
        <translation>图片</translation>
    </message>
    <message>
        <source>Sound</source>
        <translation>声音</translation>
    </message>
    <message>
        <source>No spans yet: mark one with I and O, or accept a proposal.</source>
        <translation>还没有片段：用 I 和 O 标记一个，或接受一条建议。</translation>
    </message>
    <message>
        <source>No open proposals: let the models analyze the video to get some.</source>
        <translation>没有待审的建议：让模型分析视频即可得到。</translation>
    </message>
    <message>
        <source>&amp;Lanes</source>
        <translation>轨道(&amp;L)</translation>
    </message>
</context>
<context>
    <name>telltale::TimelineView</name>
    <message>
        <source>proposed</source>
        <translation>建议</translation>
    </message>
    <message>
        <source>accepted</source>
        <translation>已接受</translation>
    </message>
    <message>
        <source>corrected</source>
        <translation>已修正</translation>
    </message>
    <message>
        <source>rejected</source>
        <translation>已拒绝</translation>
    </message>
    <message>
        <source>skipped</source>
        <translation>已跳过</translation>
    </message>
    <message>
        <source>flagged</source>
        <translation>已标旗</translation>
    </message>
    <message>
        <source>frame %1   %2</source>
        <translation>第 %1 帧   %2</translation>
    </message>
    <message>
        <source>%1 frames   %2 ms</source>
        <translation>%1 帧   %2 毫秒</translation>
    </message>
    <message>
        <source>length %1</source>
        <translation>时长 %1</translation>
    </message>
    <message>
        <source>time</source>
        <translation>时间</translation>
    </message>
    <message>
        <source>frame</source>
        <translation>帧</translation>
    </message>
    <message>
        <source>%1, score %2</source>
        <translation>%1，得分 %2</translation>
    </message>
    <message>
        <source>&lt;b&gt;%1&lt;/b&gt;&lt;br&gt;%2&lt;br&gt;frames %3 to %4 (%5)&lt;br&gt;%6 to %7 (%8 s)</source>
        <translation>&lt;b&gt;%1&lt;/b&gt;&lt;br&gt;%2&lt;br&gt;第 %3 至 %4 帧（%5）&lt;br&gt;%6 至 %7（%8 秒）</translation>
    </message>
    <message>
        <source>Timeline</source>
        <translation>时间轴</translation>
    </message>
    <message>
        <source>Spans and scores of the video over time. Click to seek, drag a span or its edges to move it, Ctrl and the wheel or plus and minus to zoom.</source>
        <translation>视频的片段和得分随时间的变化。单击跳转，拖动片段或边缘可移动，Ctrl 加滚轮或加减号缩放。</translation>
    </message>
    <message>
        <source>No video is open. Its spans will be shown here over time.</source>
        <translation>没有打开的视频。其片段会按时间显示在这里。</translation>
    </message>
    <message>
        <source>damaged</source>
        <translation>已损坏</translation>
    </message>
    <message>
        <source>&lt;b&gt;Damaged&lt;/b&gt;&lt;br&gt;%1&lt;br&gt;frames %2 to %3 (%4)</source>
        <translation>&lt;b&gt;已损坏&lt;/b&gt;&lt;br&gt;%1&lt;br&gt;第 %2 至 %3 帧（%4）</translation>
    </message>
    <message>
        <source>marked by a person</source>
        <translation>由人标注</translation>
    </message>
    <message>
        <source>imported (dashes)</source>
        <translation>导入（短划）</translation>
    </message>
    <message>
        <source>found by a model (dots)</source>
        <translation>模型发现（圆点）</translation>
    </message>
    <message>
        <source>pseudo-label: the modalities agreed (teeth)</source>
        <translation>伪标签：各模态一致（锯齿）</translation>
    </message>
    <message>
        <source>kept from the round before</source>
        <translation>沿用上一轮</translation>
    </message>
    <message>
        <source>new in this round</source>
        <translation>本轮新增</translation>
    </message>
    <message>
        <source>dropped in this round</source>
        <translation>本轮去除</translation>
    </message>
    <message>
        <source>relabelled in this round</source>
        <translation>本轮改类</translation>
    </message>
    <message>
        <source>moved in this round</source>
        <translation>本轮移动</translation>
    </message>
    <message>
        <source>boundaries sure to about %1 and %2 frames</source>
        <translation>边界误差约 %1 帧和 %2 帧</translation>
    </message>
    <message>
        <source>&lt;p&gt;&lt;b&gt;%1&lt;/b&gt; %2&lt;/p&gt;&lt;p&gt;A click with the right button, or Up and Down and then Ctrl+Menu, offers to hide or collapse it.&lt;/p&gt;</source>
        <translation>&lt;p&gt;&lt;b&gt;%1&lt;/b&gt; %2&lt;/p&gt;&lt;p&gt;右键单击，或先按上下键再按 Ctrl+菜单键，可隐藏或折叠。&lt;/p&gt;</translation>
    </message>
</context>
<context>
    <name>telltale::TrainingPlot</name>
    <message>
        <source>Training curves</source>
        <translation>训练曲线</translation>
    </message>
    <message>
        <source>loss</source>
        <translation>损失</translation>
    </message>
    <message>
        <source>held-out macro-F1</source>
        <translation>留出集宏平均 F1</translation>
    </message>
    <message>
        <source>epoch</source>
        <translation>轮次</translation>
    </message>
    <message>
        <source>The curves of a retraining show here while it runs.

Decide some proposals, then press Retrain: you can go on reviewing meanwhile.</source>
        <translation>再训练时曲线会显示在这里。

处理一些建议后按“再训练”；期间可以继续审阅。</translation>
    </message>
    <message>
        <source>Retraining</source>
        <translation>再训练</translation>
    </message>
    <message>
        <source>%1  F1 %2</source>
        <translation>%1  F1 %2</translation>
    </message>
</context>
<context>
    <name>telltale::TransportBar</name>
    <message>
        <source>Position</source>
        <translation>位置</translation>
    </message>
    <message>
        <source>Playback speed</source>
        <translation>播放速度</translation>
    </message>
    <message>
        <source>Playhead</source>
        <translation>播放头</translation>
    </message>
    <message>
        <source>Playhead: drag to seek</source>
        <translation>播放头：拖动以跳转</translation>
    </message>
    <message>
        <source>%1 / %2 | %3</source>
        <translation>%1 / %2 | %3</translation>
    </message>
    <message>
        <source>Frame of all frames | time</source>
        <translation>当前帧 / 总帧数 | 时间</translation>
    </message>
    <message>
        <source>%1 x</source>
        <translation>%1 倍</translation>
    </message>
    <message>
        <source>Volume</source>
        <translation>音量</translation>
    </message>
    <message>
        <source>1/%1</source>
        <translation>1/%1</translation>
    </message>
    <message>
        <source>Playback speed: backwards, and slower than 1/4 or faster than 4 times, is silent</source>
        <translation>播放速度：倒放、慢于 1/4 倍或快于 4 倍时没有声音</translation>
    </message>
    <message numerus="yes">
        <source>%n dropped</source>
        <translation>
            <numerusform>丢弃 %n 帧</numerusform>
        </translation>
    </message>
    <message>
        <source>Pictures that came too late to be shown since playback began. Playback keeps its time and leaves them out; a proxy or a smaller picture helps.</source>
        <translation>自开始播放以来因过晚而未能显示的帧。播放保持准时并略过这些帧；使用代理文件或缩小画面会有帮助。</translation>
    </message>
    <message>
        <source>Volume: %1 %</source>
        <translation>音量：%1 %</translation>
    </message>
</context>
<context>
    <name>telltale::VideoListModel</name>
    <message>
        <source>%1 is not there; its spans are kept</source>
        <translation>%1 不存在；其片段会保留</translation>
    </message>
    <message>
        <source>%1
%2 x %3, %4 frames, %5 frames a second</source>
        <translation>%1
%2 x %3，%4 帧，%5 帧/秒</translation>
    </message>
    <message>
        <source>Video</source>
        <translation>视频</translation>
    </message>
    <message>
        <source>Subject</source>
        <translation>受试者</translation>
    </message>
    <message>
        <source>Role</source>
        <translation>用途</translation>
    </message>
    <message>
        <source>Open</source>
        <translation>待审</translation>
    </message>
</context>
<context>
    <name>telltale::VideoPresenter</name>
    <message>
        <source>Choose a video on the left, or drop one here.</source>
        <translation>请在左侧选择视频，或将视频拖到这里。</translation>
    </message>
    <message>
        <source>Opening %1...</source>
        <translation>正在打开 %1...</translation>
    </message>
    <message>
        <source>%1 is not there. Put it back to see it; its spans can be reviewed meanwhile.</source>
        <translation>%1 不存在。放回原处即可观看；其片段仍可审阅。</translation>
    </message>
    <message>
        <source>The file of %1 was never here. Project &gt; Find missing videos takes it; its spans can be reviewed meanwhile.</source>
        <translation>%1 的文件从未在此。可用“项目 &gt; 查找缺失的视频”指定它；其间仍可审阅其片段。</translation>
    </message>
</context>
<context>
    <name>telltale::VideoView</name>
    <message>
        <source>+%1 more</source>
        <translation>另有 %1 项</translation>
    </message>
    <message>
        <source>%1 %</source>
        <translation>%1 %</translation>
    </message>
    <message>
        <source>Video</source>
        <translation>视频</translation>
    </message>
    <message>
        <source>The picture of the current frame with skeleton, heat map and labels. The wheel or plus and minus zoom, 0 or a double click fits the picture into the view.</source>
        <translation>当前帧的画面，含骨架、热图和标签。滚轮或加减号缩放，0 或双击适合窗口。</translation>
    </message>
    <message>
        <source>No video is shown
Open a project, or drop a video file here.</source>
        <translation>没有显示视频
请打开项目，或将视频文件拖到这里。</translation>
    </message>
    <message>
        <source>seeking...</source>
        <translation>正在定位…</translation>
    </message>
    <message>
        <source>damaged here: nearest good picture</source>
        <translation>此处已损坏：显示最近的完好画面</translation>
    </message>
</context>
<context>
    <name>telltale::VideosPanel</name>
    <message>
        <source>Videos</source>
        <translation>视频</translation>
    </message>
</context>
<context>
    <name>telltale::WelcomePage</name>
    <message>
        <source>Recent projects</source>
        <translation>最近的项目</translation>
    </message>
    <message>
        <source>Telltale</source>
        <translation>Telltale</translation>
    </message>
    <message>
        <source>Find, review and learn micro-gestures in video.</source>
        <translation>在视频中发现、审阅并学习微手势。</translation>
    </message>
    <message>
        <source>Open the demo</source>
        <translation>打开演示</translation>
    </message>
    <message>
        <source>Synthetic people with gestures to review; made in a minute</source>
        <translation>合成人物与待审手势；一分钟内生成</translation>
    </message>
    <message>
        <source>New project...</source>
        <translation>新建项目...</translation>
    </message>
    <message>
        <source>From your own videos or data set</source>
        <translation>使用您自己的视频或数据集</translation>
    </message>
    <message>
        <source>Open project...</source>
        <translation>打开项目...</translation>
    </message>
    <message>
        <source>A folder that holds project.db</source>
        <translation>含有 project.db 的文件夹</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>停止</translation>
    </message>
    <message>
        <source>Progress of making the demo</source>
        <translation>制作演示的进度</translation>
    </message>
    <message>
        <source>%1   %2</source>
        <translation>%1   %2</translation>
    </message>
    <message>
        <source>Open %1</source>
        <translation>打开 %1</translation>
    </message>
    <message>
        <source>New project from videos...</source>
        <translation>从视频新建项目...</translation>
    </message>
    <message>
        <source>Choose videos, subjects and labels; or drop videos here</source>
        <translation>选择视频、受试者和标签；也可把视频拖到这里</translation>
    </message>
    <message>
        <source>%1   (is not there)</source>
        <translation>%1   （不存在）</translation>
    </message>
    <message>
        <source>Take this project off the list; it stays where it is</source>
        <translation>从列表中移除此项目；项目本身不受影响</translation>
    </message>
    <message>
        <source>Take %1 off the list</source>
        <translation>将 %1 从列表中移除</translation>
    </message>
</context>
<context>
    <name>telltale::TimelineMedia</name>
    <message>
        <source>The video file is not there.</source>
        <translation>视频文件不在原处。</translation>
    </message>
    <message>
        <source>Reading pictures...</source>
        <translation>正在读取图片…</translation>
    </message>
    <message>
        <source>Reading the sound...</source>
        <translation>正在读取声音…</translation>
    </message>
</context>
<context>
    <name>telltale::VideoDelegate</name>
    <message>
        <source>not there</source>
        <translation>文件缺失</translation>
    </message>
</context>
<context>
    <name>ReviewMarks</name>
    <message>
        <source>Reviewed %1</source>
        <translation>已审阅 %1</translation>
    </message>
    <message>
        <source>Nothing is marked as looked through yet (R). No span here means unknown, never &quot;no gesture&quot;.</source>
        <translation>尚未标记任何已看过的部分（R）。此处没有片段表示未知，绝不表示“无手势”。</translation>
    </message>
    <message>
        <source>&lt;p&gt;%1 of %2 frames are marked as looked through. Only there does no span mean no gesture; everywhere else it means unknown, never background.&lt;/p&gt;</source>
        <translation>&lt;p&gt;%2 帧中已有 %1 帧标记为看过。只有在那里，没有片段才表示没有手势；其他地方表示未知，绝不算作背景。&lt;/p&gt;</translation>
    </message>
    <message>
        <source>%1, %2:</source>
        <translation>%1，%2：</translation>
    </message>
    <message>
        <source>Project</source>
        <translation>项目</translation>
    </message>
    <message>
        <source>%1 at frame %2</source>
        <translation>%1，第 %2 帧</translation>
    </message>
    <message>
        <source>Frame %1</source>
        <translation>第 %1 帧</translation>
    </message>
    <message>
        <source>Whole video</source>
        <translation>整个视频</translation>
    </message>
</context>
<context>
    <name>SpanActions</name>
    <message>
        <source>No span follows this one on its lane, so there is nothing to merge it with.</source>
        <translation>此轨道上没有后续片段，无法合并。</translation>
    </message>
    <message>
        <source>Frames %1 to %2 are marked as reviewed: no span there means no gesture.</source>
        <translation>第 %1 至 %2 帧已标记为已审阅：那里没有片段即表示没有手势。</translation>
    </message>
    <message>
        <source>Frames %1 to %2 are not marked as reviewed any more: no span there means unknown.</source>
        <translation>第 %1 至 %2 帧不再标记为已审阅：那里没有片段表示未知。</translation>
    </message>
    <message numerus="yes">
        <source>%n proposal(s) accepted. One undo takes them all back.</source>
        <translation>
            <numerusform>已接受 %n 个建议。撤销一次即可全部恢复。</numerusform>
        </translation>
    </message>
    <message>
        <source>Note on the video:</source>
        <translation>对视频的备注：</translation>
    </message>
    <message>
        <source>Note on the span &quot;%1&quot; at frame %2:</source>
        <translation>对片段“%1”（第 %2 帧）的备注：</translation>
    </message>
    <message>
        <source>Note on frame %1:</source>
        <translation>对第 %1 帧的备注：</translation>
    </message>
    <message>
        <source>Add a note</source>
        <translation>添加备注</translation>
    </message>
    <message>
        <source>Change the note</source>
        <translation>修改备注</translation>
    </message>
    <message>
        <source>An empty text removes the note:</source>
        <translation>清空文字即删除备注：</translation>
    </message>
    <message>
        <source>There is no skeleton whose movement a span could snap to: analyze the video with a pose model.</source>
        <translation>没有可供片段对齐的骨架动作：请先用姿态模型分析视频。</translation>
    </message>
    <message>
        <source>Nothing begins or ceases to move near its ends.</source>
        <translation>在其两端附近没有动作开始或结束。</translation>
    </message>
</context>
<context>
    <name>ClassShortcuts</name>
    <message>
        <source>moving in lists and on the timeline</source>
        <translation>在列表和时间轴中移动</translation>
    </message>
    <message>
        <source>&quot;%1&quot; is no key that class &quot;%2&quot; could have: write one key such as G, 4 or Ctrl+4.</source>
        <translation>“%1”不能作为类别“%2”的按键：请写一个按键，例如 G、4 或 Ctrl+4。</translation>
    </message>
    <message>
        <source>The key %1 of class &quot;%2&quot; is taken by &quot;%3&quot;: choose another key.</source>
        <translation>类别“%2”的按键 %1 已被“%3”占用：请选择其他按键。</translation>
    </message>
    <message>
        <source>New spans are &quot;%1&quot;.</source>
        <translation>新片段的类别为“%1”。</translation>
    </message>
</context>
<context>
    <name>telltale::AcceptAboveDialog</name>
    <message>
        <source>Accept above a threshold</source>
        <translation>接受高于阈值的建议</translation>
    </message>
    <message>
        <source> %</source>
        <translation> %</translation>
    </message>
    <message>
        <source>Least probability</source>
        <translation>最低概率</translation>
    </message>
    <message>
        <source>&amp;Least probability:</source>
        <translation>最低概率(&amp;L)：</translation>
    </message>
    <message>
        <source>All classes</source>
        <translation>所有类别</translation>
    </message>
    <message>
        <source>Class</source>
        <translation>类别</translation>
    </message>
    <message>
        <source>&amp;Class:</source>
        <translation>类别(&amp;C)：</translation>
    </message>
    <message>
        <source>This video (%1)</source>
        <translation>此视频（%1）</translation>
    </message>
    <message>
        <source>All videos</source>
        <translation>所有视频</translation>
    </message>
    <message>
        <source>Videos</source>
        <translation>视频</translation>
    </message>
    <message>
        <source>&amp;Videos:</source>
        <translation>视频(&amp;V)：</translation>
    </message>
    <message>
        <source>Accept</source>
        <translation>接受</translation>
    </message>
    <message>
        <source>There are no open proposals here: let the models analyze a video first.</source>
        <translation>这里没有待审的建议：请先让模型分析视频。</translation>
    </message>
    <message>
        <source>No open proposal is that probable; the most probable one has %1.</source>
        <translation>没有待审建议达到该概率；最高的为 %1。</translation>
    </message>
    <message numerus="yes">
        <source>Accepts %n proposal(s) of the %1 that are open, without anybody having looked at them. One undo takes them all back.</source>
        <translation>
            <numerusform>将在无人查看的情况下接受 %1 个待审建议中的 %n 个。撤销一次即可全部恢复。</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>telltale::NotesView</name>
    <message>
        <source>Add</source>
        <translation>添加</translation>
    </message>
    <message>
        <source>Add a note</source>
        <translation>添加备注</translation>
    </message>
    <message>
        <source>Change</source>
        <translation>修改</translation>
    </message>
    <message>
        <source>Change the note</source>
        <translation>修改备注</translation>
    </message>
    <message>
        <source>Delete</source>
        <translation>删除</translation>
    </message>
    <message>
        <source>Delete the note</source>
        <translation>删除备注</translation>
    </message>
    <message>
        <source>Notes on this video</source>
        <translation>此视频的备注</translation>
    </message>
    <message>
        <source>On the selected &amp;span...</source>
        <translation>对所选片段(&amp;S)...</translation>
    </message>
    <message>
        <source>On this &amp;frame...</source>
        <translation>对此帧(&amp;F)...</translation>
    </message>
    <message>
        <source>On the &amp;video...</source>
        <translation>对视频(&amp;V)...</translation>
    </message>
    <message>
        <source>No notes on this video</source>
        <translation>此视频没有备注</translation>
    </message>
    <message numerus="yes">
        <source>%n note(s)</source>
        <translation>
            <numerusform>%n 条备注</numerusform>
        </translation>
    </message>
    <message>
        <source>%1: %2</source>
        <translation>%1：%2</translation>
    </message>
    <message>
        <source>%1, %2</source>
        <translation>%1，%2</translation>
    </message>
</context>
<context>
    <name>telltale::SchemeDialog</name>
    <message>
        <source>Choose c&amp;olour...</source>
        <translation>选择颜色(&amp;O)...</translation>
    </message>
    <message>
        <source>Label scheme</source>
        <translation>标签方案</translation>
    </message>
    <message>
        <source>Classes keep their places, because spans refer to them: one that is not wanted any more is retired, which keeps its old spans and offers it no longer.</source>
        <translation>类别保持其位置，因为片段引用它们：不再需要的类别会停用，旧片段保留，但不再提供选择。</translation>
    </message>
    <message>
        <source>Make this version %1</source>
        <translation>保存为版本 %1</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>名称</translation>
    </message>
    <message>
        <source>Short name</source>
        <translation>简称</translation>
    </message>
    <message>
        <source>Body part</source>
        <translation>身体部位</translation>
    </message>
    <message>
        <source>Colour</source>
        <translation>颜色</translation>
    </message>
    <message>
        <source>Key</source>
        <translation>按键</translation>
    </message>
    <message>
        <source>Retired</source>
        <translation>停用</translation>
    </message>
    <message>
        <source>Classes</source>
        <translation>类别</translation>
    </message>
    <message>
        <source>&amp;Add a class</source>
        <translation>添加类别(&amp;A)</translation>
    </message>
    <message>
        <source>&amp;Definition, as annotators read it:</source>
        <translation>定义（供标注者阅读）(&amp;D)：</translation>
    </message>
    <message>
        <source>Definition</source>
        <translation>定义</translation>
    </message>
    <message>
        <source>Cannot happen at the same time &amp;with:</source>
        <translation>不能与以下类别同时发生(&amp;W)：</translation>
    </message>
    <message>
        <source>Classes that this one excludes</source>
        <translation>与此类别互斥的类别</translation>
    </message>
    <message>
        <source>Class %1 needs a name.</source>
        <translation>类别 %1 需要名称。</translation>
    </message>
    <message>
        <source>Classes %1 and %2 are both called &quot;%3&quot;.</source>
        <translation>类别 %1 和 %2 都叫“%3”。</translation>
    </message>
    <message>
        <source>&quot;%1&quot; is no colour: write it as #rrggbb or choose one.</source>
        <translation>“%1”不是颜色：请写成 #rrggbb 或选择一种颜色。</translation>
    </message>
    <message>
        <source>The scheme has been changed elsewhere meanwhile: close this window, open it again and make your changes to the new version.</source>
        <translation>方案在此期间已在别处更改：请关闭此窗口，重新打开后在新版本上修改。</translation>
    </message>
    <message>
        <source>It &amp;starts when:</source>
        <translation>何时开始(&amp;S)：</translation>
    </message>
    <message>
        <source>When it starts</source>
        <translation>何时开始</translation>
    </message>
    <message>
        <source>It &amp;ends when:</source>
        <translation>何时结束(&amp;E)：</translation>
    </message>
    <message>
        <source>When it ends</source>
        <translation>何时结束</translation>
    </message>
</context>
<context>
    <name>telltale::SubjectsDialog</name>
    <message>
        <source>Subjects</source>
        <translation>受试者</translation>
    </message>
    <message>
        <source>Training and testing are kept apart by person: one subject has one role, in all of his or her videos.</source>
        <translation>训练与测试按人分开：每位受试者在其所有视频中只有一个角色。</translation>
    </message>
    <message>
        <source>Subject</source>
        <translation>受试者</translation>
    </message>
    <message>
        <source>Role</source>
        <translation>角色</translation>
    </message>
    <message>
        <source>Videos</source>
        <translation>视频</translation>
    </message>
    <message>
        <source>Nobody yet: subjects come with the videos that are added.</source>
        <translation>尚无受试者：添加视频时会一并添加。</translation>
    </message>
    <message>
        <source>Double-click a name to change it. Every change can be undone.</source>
        <translation>双击名称即可修改。每次更改都可以撤销。</translation>
    </message>
    <message>
        <source>Role of %1</source>
        <translation>%1 的角色</translation>
    </message>
    <message>
        <source>The videos of %1 are for %2 now.</source>
        <translation>%1 的视频现在用于%2。</translation>
    </message>
    <message>
        <source>%1 is called %2 now.</source>
        <translation>%1 现在名为 %2。</translation>
    </message>
</context>
<context>
    <name>telltale::ClosingDialog</name>
    <message numerus="yes">
        <source>The journal on this computer could not take %n of them: if you close now, these are lost.</source>
        <translation>
            <numerusform>本机的日志未能保存其中 %n 项：现在关闭会丢失它们。</numerusform>
        </translation>
    </message>
    <message>
        <source>Edits are not in the project yet</source>
        <translation>编辑尚未写入项目</translation>
    </message>
    <message>
        <source>&amp;Close anyway</source>
        <translation>仍然关闭(&amp;C)</translation>
    </message>
    <message>
        <source>&amp;Stay</source>
        <translation>不关闭(&amp;S)</translation>
    </message>
    <message numerus="yes">
        <source>%n edit(s) are not in the project yet.</source>
        <translation>
            <numerusform>有 %n 项编辑尚未写入项目。</numerusform>
        </translation>
    </message>
    <message>
        <source>%1 They are being written; the project is closed when they are there.</source>
        <translation>%1 正在写入；写完后项目就会关闭。</translation>
    </message>
    <message>
        <source>If you close now, they stay in the project&apos;s journal on this computer and are entered when the project is opened again.</source>
        <translation>如果现在关闭，它们会留在本机的项目日志中，下次打开项目时写入。</translation>
    </message>
    <message>
        <source>%1 %2

%3 If you wait, the project is closed when they are there.</source>
        <translation>%1 %2

%3 如果等待，写完后项目就会关闭。</translation>
    </message>
</context>
<context>
    <name>telltale::ConflictDialog</name>
    <message>
        <source>Conflicts</source>
        <translation>冲突</translation>
    </message>
    <message>
        <source>Open conflicts</source>
        <translation>待处理的冲突</translation>
    </message>
    <message>
        <source>Both versions</source>
        <translation>两个版本</translation>
    </message>
    <message>
        <source>&amp;Show the span</source>
        <translation>显示该片段(&amp;S)</translation>
    </message>
    <message>
        <source>Use &amp;mine</source>
        <translation>采用我的(&amp;M)</translation>
    </message>
    <message>
        <source>Use the &amp;refused version</source>
        <translation>采用未写入的版本(&amp;R)</translation>
    </message>
    <message>
        <source>&amp;Keep theirs</source>
        <translation>保留对方的(&amp;K)</translation>
    </message>
    <message>
        <source>%1
%2</source>
        <translation>%1
%2</translation>
    </message>
    <message>
        <source>There are no conflicts: everything that anybody did is in the project.</source>
        <translation>没有冲突：所有人的操作都已在项目中。</translation>
    </message>
    <message>
        <source>Somebody else had changed the same thing before these edits reached the project. Both versions are kept until you choose.</source>
        <translation>这些编辑写入项目之前，他人已改动了同一内容。在您选择之前，两个版本都会保留。</translation>
    </message>
    <message>
        <source>What</source>
        <translation>内容</translation>
    </message>
    <message>
        <source>≠ %1</source>
        <translation>≠ %1</translation>
    </message>
    <message>
        <source>differs</source>
        <translation>不同</translation>
    </message>
</context>
<context>
    <name>Conflicts</name>
    <message>
        <source>Label scheme</source>
        <translation>标签方案</translation>
    </message>
    <message>
        <source>Subject</source>
        <translation>受试者</translation>
    </message>
    <message>
        <source>Video</source>
        <translation>视频</translation>
    </message>
    <message>
        <source>Person</source>
        <translation>人物</translation>
    </message>
    <message>
        <source>Model</source>
        <translation>模型</translation>
    </message>
    <message>
        <source>Skeleton</source>
        <translation>骨架</translation>
    </message>
    <message>
        <source>Model run</source>
        <translation>模型运行</translation>
    </message>
    <message>
        <source>Span</source>
        <translation>片段</translation>
    </message>
    <message>
        <source>Reviewed range</source>
        <translation>已审阅范围</translation>
    </message>
    <message>
        <source>Note</source>
        <translation>备注</translation>
    </message>
    <message>
        <source>Camera</source>
        <translation>摄像机</translation>
    </message>
    <message>
        <source>Member</source>
        <translation>成员</translation>
    </message>
    <message>
        <source>Assignment</source>
        <translation>分配</translation>
    </message>
    <message>
        <source>Pseudo-label</source>
        <translation>伪标签</translation>
    </message>
    <message>
        <source>Conflict</source>
        <translation>冲突</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>名称</translation>
    </message>
    <message>
        <source>File</source>
        <translation>文件</translation>
    </message>
    <message>
        <source>Role</source>
        <translation>角色</translation>
    </message>
    <message>
        <source>Missing</source>
        <translation>缺失</translation>
    </message>
    <message>
        <source>Text</source>
        <translation>文字</translation>
    </message>
    <message>
        <source>Author</source>
        <translation>作者</translation>
    </message>
    <message>
        <source>Time</source>
        <translation>时间</translation>
    </message>
    <message>
        <source>Frame</source>
        <translation>帧</translation>
    </message>
    <message>
        <source>Annotator</source>
        <translation>标注者</translation>
    </message>
    <message>
        <source>Offset in microseconds</source>
        <translation>偏移（微秒）</translation>
    </message>
    <message>
        <source>Finished</source>
        <translation>已完成</translation>
    </message>
    <message>
        <source>In use</source>
        <translation>使用中</translation>
    </message>
    <message>
        <source>is there</source>
        <translation>存在</translation>
    </message>
    <message>
        <source>is not there</source>
        <translation>不存在</translation>
    </message>
    <message>
        <source>frames %1 to %2</source>
        <translation>第 %1 至 %2 帧</translation>
    </message>
    <message>
        <source>%1 (%2 to %3)</source>
        <translation>%1（%2 至 %3）</translation>
    </message>
    <message>
        <source>(removed)</source>
        <translation>（已删除）</translation>
    </message>
    <message>
        <source>A span of %1</source>
        <translation>%1 的一个片段</translation>
    </message>
    <message>
        <source>Class</source>
        <translation>类别</translation>
    </message>
    <message>
        <source>Place</source>
        <translation>位置</translation>
    </message>
    <message>
        <source>State</source>
        <translation>状态</translation>
    </message>
    <message>
        <source>Layer</source>
        <translation>图层</translation>
    </message>
    <message>
        <source>%1 %2</source>
        <translation>%1 %2</translation>
    </message>
    <message>
        <source>somebody else</source>
        <translation>他人</translation>
    </message>
    <message>
        <source>%1: %2 (%3)</source>
        <translation>%1：%2（%3）</translation>
    </message>
    <message>
        <source>Mine (%1)</source>
        <translation>我的 (%1)</translation>
    </message>
    <message>
        <source>Of %1</source>
        <translation>%1 的版本</translation>
    </message>
    <message>
        <source>In the project (%1)</source>
        <translation>项目中的 (%1)</translation>
    </message>
    <message numerus="yes">
        <source>%1, and %n more</source>
        <translation>
            <numerusform>%1，另有 %n 项</numerusform>
        </translation>
    </message>
    <message>
        <source>Withheld proposals</source>
        <translation>被隐去的建议</translation>
    </message>
</context>
<context>
    <name>telltale::HistoryModel</name>
    <message>
        <source>Undo: %1</source>
        <translation>撤销：%1</translation>
    </message>
    <message>
        <source>Redo: %1</source>
        <translation>重做：%1</translation>
    </message>
    <message>
        <source>No.</source>
        <translation>编号</translation>
    </message>
    <message>
        <source>Time</source>
        <translation>时间</translation>
    </message>
    <message>
        <source>Who</source>
        <translation>人员</translation>
    </message>
    <message>
        <source>What</source>
        <translation>操作</translation>
    </message>
    <message>
        <source>Make the project</source>
        <translation>创建项目</translation>
    </message>
    <message>
        <source>Keep both versions of a conflict</source>
        <translation>保留冲突的两个版本</translation>
    </message>
    <message>
        <source>Bring the project up to date</source>
        <translation>升级项目</translation>
    </message>
    <message>
        <source>Repair the project</source>
        <translation>修复项目</translation>
    </message>
</context>
<context>
    <name>telltale::HistoryPanel</name>
    <message>
        <source>As it was at the beginning</source>
        <translation>最初的状态</translation>
    </message>
    <message>
        <source>My steps</source>
        <translation>我的步骤</translation>
    </message>
    <message>
        <source>Choose a step to undo everything after it, or to redo up to it</source>
        <translation>选择一个步骤，可撤销其后的全部操作，或重做到该步骤</translation>
    </message>
    <message>
        <source>Edits of everybody</source>
        <translation>所有人的编辑</translation>
    </message>
    <message>
        <source>All edits</source>
        <translation>全部编辑</translation>
    </message>
    <message>
        <source>Reading...</source>
        <translation>正在读取...</translation>
    </message>
    <message numerus="yes">
        <source>%n edit(s), newest first. Nothing is ever taken out of this list.</source>
        <translation>
            <numerusform>%n 项编辑，最新的在前。此列表中的内容永远不会被移除。</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>telltale::MissingVideosDialog</name>
    <message>
        <source>Folder to search</source>
        <translation>要搜索的文件夹</translation>
    </message>
    <message>
        <source>&amp;Search</source>
        <translation>搜索(&amp;S)</translation>
    </message>
    <message>
        <source>Find missing videos</source>
        <translation>查找缺失的视频</translation>
    </message>
    <message>
        <source>Every video of the project is where it was.</source>
        <translation>项目的所有视频都在原处。</translation>
    </message>
    <message numerus="yes">
        <source>The files of %n video(s) are missing. Choose a folder: it is searched, with all folders in it, for the same content under any name, and for the names of videos that were never here.</source>
        <translation>
            <numerusform>缺少 %n 个视频的文件。请选择一个文件夹：将在其中及所有子文件夹内搜索内容相同的文件（无论叫什么名字），以及从未在此的视频的同名文件。</numerusform>
        </translation>
    </message>
    <message>
        <source>Missing videos</source>
        <translation>缺失的视频</translation>
    </message>
    <message>
        <source>Video</source>
        <translation>视频</translation>
    </message>
    <message>
        <source>Was at</source>
        <translation>原位置</translation>
    </message>
    <message>
        <source>Found at</source>
        <translation>找到的位置</translation>
    </message>
    <message>
        <source>The folder is being searched</source>
        <translation>正在搜索文件夹</translation>
    </message>
    <message>
        <source>&amp;Use the new places</source>
        <translation>采用新位置(&amp;U)</translation>
    </message>
    <message>
        <source>&amp;Stop</source>
        <translation>停止(&amp;S)</translation>
    </message>
    <message>
        <source>Stopped.</source>
        <translation>已停止。</translation>
    </message>
    <message numerus="yes">
        <source>%1 of %2 found among %n file(s).</source>
        <translation>
            <numerusform>在 %n 个文件中找到 %1 个（共 %2 个）。</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n file(s) could not be read.</source>
        <translation>
            <numerusform>有 %n 个文件无法读取。</numerusform>
        </translation>
    </message>
    <message>
        <source>&amp;Choose file...</source>
        <translation>选择文件(&amp;C)...</translation>
    </message>
    <message>
        <source>Say yourself which file the marked video is</source>
        <translation>由您指明所选视频是哪个文件</translation>
    </message>
    <message>
        <source>never here, named by an import</source>
        <translation>从未在此，由导入的文件提到</translation>
    </message>
    <message>
        <source>File of %1</source>
        <translation>%1 的文件</translation>
    </message>
</context>
<context>
    <name>ProjectActions</name>
    <message>
        <source>The snapshot is restored. What was there before is %1.</source>
        <translation>快照已恢复。之前的文件保存为 %1。</translation>
    </message>
</context>
<context>
    <name>telltale::SnapshotsDialog</name>
    <message>
        <source>Snapshots</source>
        <translation>快照</translation>
    </message>
    <message>
        <source>There are no snapshots of this project yet. One is taken when it is opened, every ten minutes while it is edited, and when it is closed.</source>
        <translation>此项目还没有快照。打开项目时、编辑期间每十分钟以及关闭项目时都会生成快照。</translation>
    </message>
    <message>
        <source>Snapshots are verified copies of the project&apos;s database. One is taken when it is opened, every ten minutes while it is edited, and when it is closed; older ones are thinned out.</source>
        <translation>快照是经过验证的项目数据库副本。打开项目时、编辑期间每十分钟以及关闭项目时都会生成；较旧的快照会逐步精简。</translation>
    </message>
    <message>
        <source>Snapshots of the project</source>
        <translation>项目的快照</translation>
    </message>
    <message>
        <source>Taken</source>
        <translation>时间</translation>
    </message>
    <message>
        <source>Edits</source>
        <translation>编辑数</translation>
    </message>
    <message>
        <source>Size</source>
        <translation>大小</translation>
    </message>
    <message>
        <source>They lie in %1, away from the project %2.</source>
        <translation>快照存放在 %1，与项目 %2 分开。</translation>
    </message>
    <message>
        <source>&amp;Restore...</source>
        <translation>恢复(&amp;R)...</translation>
    </message>
    <message>
        <source>Restore snapshot</source>
        <translation>恢复快照</translation>
    </message>
    <message>
        <source>Put the project back to how it was at %1?</source>
        <translation>要把项目恢复到 %1 时的状态吗？</translation>
    </message>
    <message>
        <source>Nothing is lost: the present database is kept beside it in the project&apos;s folder, as project.db.before-restore with the time. The project is closed and opened again.</source>
        <translation>不会丢失任何内容：当前数据库会保留在项目文件夹中，名为 project.db.before-restore 加时间。项目会关闭后重新打开。</translation>
    </message>
    <message>
        <source>&amp;Restore</source>
        <translation>恢复(&amp;R)</translation>
    </message>
</context>
<context>
    <name>telltale::StoreStatus</name>
    <message>
        <source>Saved</source>
        <translation>已保存</translation>
    </message>
    <message>
        <source>Every edit is in the project as soon as it is made; there is nothing to save.</source>
        <translation>每项编辑完成后立即写入项目；无需保存。</translation>
    </message>
    <message numerus="yes">
        <source>Saving %n edit(s)...</source>
        <translation>
            <numerusform>正在保存 %n 项编辑...</numerusform>
        </translation>
    </message>
    <message>
        <source>These edits are on their way into the project. You can go on.</source>
        <translation>这些编辑正在写入项目。您可以继续工作。</translation>
    </message>
    <message numerus="yes">
        <source>%n edit(s) wait: %1</source>
        <translation>
            <numerusform>%n 项编辑在等待：%1</numerusform>
        </translation>
    </message>
    <message>
        <source>Nothing can be saved now: %1</source>
        <translation>现在无法保存：%1</translation>
    </message>
    <message>
        <source>%1
You can go on: edits are kept and written as soon as that is possible.</source>
        <translation>%1
您可以继续工作：编辑会保留，一旦可能就写入。</translation>
    </message>
</context>
<context>
    <name>telltale::TeamDialog</name>
    <message>
        <source>annotator</source>
        <translation>标注者</translation>
    </message>
    <message>
        <source>reviewer</source>
        <translation>审阅者</translation>
    </message>
    <message>
        <source>owner</source>
        <translation>所有者</translation>
    </message>
    <message>
        <source>&amp;Add</source>
        <translation>添加(&amp;A)</translation>
    </message>
    <message>
        <source>&amp;Remove</source>
        <translation>移除(&amp;R)</translation>
    </message>
    <message>
        <source>Team</source>
        <translation>团队</translation>
    </message>
    <message>
        <source>&lt;b&gt;Members.&lt;/b&gt; Annotators edit their own spans; reviewers everybody&apos;s, and they settle what independent coders made; owners also change videos, subjects, labels and members. A member&apos;s name is the one that he or she annotates under (here: %1).</source>
        <translation>&lt;b&gt;成员。&lt;/b&gt;标注者编辑自己的片段；审阅者可编辑所有人的片段，并裁定独立编码者的结果；所有者还可更改视频、受试者、标签和成员。成员的名称就是其标注时所用的名称（本机：%1）。</translation>
    </message>
    <message>
        <source>Members</source>
        <translation>成员</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>名称</translation>
    </message>
    <message>
        <source>Role</source>
        <translation>角色</translation>
    </message>
    <message>
        <source>Name of a new member</source>
        <translation>新成员的名称</translation>
    </message>
    <message>
        <source>&lt;b&gt;Independent coding.&lt;/b&gt; Whoever is checked codes the video alone, in a layer that the other coders do not see; reviewers compare the layers and settle them in a third.</source>
        <translation>&lt;b&gt;独立编码。&lt;/b&gt;勾选的人单独编码该视频，其图层对其他编码者不可见；审阅者比较各图层，并在第三个图层中裁定。</translation>
    </message>
    <message>
        <source>Independent coders of each video</source>
        <translation>每个视频的独立编码者</translation>
    </message>
    <message>
        <source>Role of %1</source>
        <translation>%1 的角色</translation>
    </message>
    <message>
        <source>finished</source>
        <translation>已完成</translation>
    </message>
    <message>
        <source>%1 codes %2</source>
        <translation>%1 编码 %2</translation>
    </message>
    <message>
        <source>Only owners change the members; you may say who codes a video.</source>
        <translation>只有所有者可以更改成员；您可以指定由谁编码视频。</translation>
    </message>
    <message>
        <source>Only owners change the team.</source>
        <translation>只有所有者可以更改团队。</translation>
    </message>
    <message>
        <source>Without members everybody who opens the project may do everything.</source>
        <translation>没有成员时，任何打开项目的人都可以进行所有操作。</translation>
    </message>
    <message>
        <source>A team needs an owner: give somebody that role.</source>
        <translation>团队需要一位所有者：请把该角色交给某人。</translation>
    </message>
    <message>
        <source>You (%1) will not be an owner, and cannot change the team any more.</source>
        <translation>您 (%1) 将不再是所有者，也无法再更改团队。</translation>
    </message>
    <message>
        <source>&amp;Withhold from coders who are new:</source>
        <translation>对新加入的编码者隐去(&amp;W)：</translation>
    </message>
    <message>
        <source> % of the proposals</source>
        <translation>% 的建议</translation>
    </message>
    <message>
        <source>Percent of the models&apos; proposals that new coders do not see</source>
        <translation>新编码者看不到的模型建议所占百分比</translation>
    </message>
    <message>
        <source>&lt;p&gt;Whoever sees what a model proposes tends to agree with it. Of these proposals, drawn at random and the same for all coders, nothing is shown; agreement is then told with and without hints. 100 % withholds a whole video.&lt;/p&gt;</source>
        <translation>&lt;p&gt;看到模型建议的人往往会倾向于同意它。这些建议随机抽取，对所有编码者相同，完全不显示；之后一致性会分别按有提示和无提示给出。100 % 表示隐去整个视频的建议。&lt;/p&gt;</translation>
    </message>
    <message>
        <source>%1 % withheld</source>
        <translation>隐去 %1 %</translation>
    </message>
</context>
<context>
    <name>telltale::TeamProjectDialog</name>
    <message>
        <source>Open team project</source>
        <translation>打开团队项目</translation>
    </message>
    <message>
        <source>A team&apos;s project lies on a PostgreSQL server, and several people work in it at once. Videos and models stay on each computer.</source>
        <translation>团队项目位于 PostgreSQL 服务器上，多人可同时工作。视频和模型留在各自的电脑上。</translation>
    </message>
    <message>
        <source>the name of your account on this computer</source>
        <translation>您在本机的帐户名</translation>
    </message>
    <message>
        <source>asked for each time, stored nowhere</source>
        <translation>每次询问，不会保存</translation>
    </message>
    <message>
        <source>&amp;Server and database:</source>
        <translation>服务器和数据库(&amp;S)：</translation>
    </message>
    <message>
        <source>&amp;User:</source>
        <translation>用户(&amp;U)：</translation>
    </message>
    <message>
        <source>Pass&amp;word:</source>
        <translation>密码(&amp;W)：</translation>
    </message>
    <message>
        <source>&amp;Project:</source>
        <translation>项目(&amp;P)：</translation>
    </message>
    <message>
        <source>The project is being opened</source>
        <translation>正在打开项目</translation>
    </message>
    <message>
        <source>&amp;Open</source>
        <translation>打开(&amp;O)</translation>
    </message>
    <message>
        <source>This is no server: write it like postgresql://server.example.org/telltale.</source>
        <translation>这不是服务器：请按 postgresql://server.example.org/telltale 的形式填写。</translation>
    </message>
    <message>
        <source>Say whose password this is: fill in the user.</source>
        <translation>请说明这是谁的密码：填写用户。</translation>
    </message>
    <message>
        <source>Connecting...</source>
        <translation>正在连接...</translation>
    </message>
</context>
<context>
    <name>CropEditing</name>
    <message>
        <source>Person</source>
        <translation>人物</translation>
    </message>
    <message>
        <source>Left hand</source>
        <translation>左手</translation>
    </message>
    <message>
        <source>Right hand</source>
        <translation>右手</translation>
    </message>
    <message>
        <source>Face</source>
        <translation>面部</translation>
    </message>
    <message>
        <source>Motion</source>
        <translation>运动</translation>
    </message>
</context>
<context>
    <name>PersonsDialog</name>
    <message>
        <source>Swap persons</source>
        <translation>交换人物</translation>
    </message>
    <message>
        <source>Both change places: what was found for one belongs to the other. Corrected points go with them.</source>
        <translation>两人互换：为一人找到的内容归另一人所有。已修正的关键点随之移动。</translation>
    </message>
    <message>
        <source>Swap</source>
        <translation>交换</translation>
    </message>
    <message>
        <source>Join persons</source>
        <translation>合并人物</translation>
    </message>
    <message>
        <source>What was found for the other one belongs to this one. In frames that show both, the one that was found more surely stays.</source>
        <translation>为另一人找到的内容归此人所有。两人同时出现的帧中，保留把握更大的一个。</translation>
    </message>
    <message>
        <source>Join</source>
        <translation>合并</translation>
    </message>
    <message>
        <source>Remove person</source>
        <translation>移除人物</translation>
    </message>
    <message>
        <source>Nobody is there any more: for somebody in the background, or a chair that a model took for one.</source>
        <translation>此人不再存在：适用于背景中的人，或被模型误认作人的椅子。</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>移除</translation>
    </message>
    <message>
        <source>%1 is %2 from frame %3 on.</source>
        <translation>从第 %3 帧起，%1 成为 %2。</translation>
    </message>
    <message>
        <source>%1 and %2 change places from frame %3 on.</source>
        <translation>从第 %3 帧起，%1 与 %2 互换。</translation>
    </message>
</context>
<context>
    <name>PointNames</name>
    <message>
        <source>Nose</source>
        <translation>鼻子</translation>
    </message>
    <message>
        <source>Top of the head</source>
        <translation>头顶</translation>
    </message>
    <message>
        <source>Neck</source>
        <translation>颈部</translation>
    </message>
    <message>
        <source>Middle of the hips</source>
        <translation>髋部中点</translation>
    </message>
    <message>
        <source>Head</source>
        <translation>头部</translation>
    </message>
    <message>
        <source>Torso</source>
        <translation>躯干</translation>
    </message>
    <message>
        <source>Person %1</source>
        <translation>人物 %1</translation>
    </message>
    <message>
        <source>Root of the left hand</source>
        <translation>左手根部</translation>
    </message>
    <message>
        <source>Root of the right hand</source>
        <translation>右手根部</translation>
    </message>
    <message>
        <source>Left eye</source>
        <translation>左眼</translation>
    </message>
    <message>
        <source>Right eye</source>
        <translation>右眼</translation>
    </message>
    <message>
        <source>Left ear</source>
        <translation>左耳</translation>
    </message>
    <message>
        <source>Right ear</source>
        <translation>右耳</translation>
    </message>
    <message>
        <source>Left shoulder</source>
        <translation>左肩</translation>
    </message>
    <message>
        <source>Right shoulder</source>
        <translation>右肩</translation>
    </message>
    <message>
        <source>Left elbow</source>
        <translation>左肘</translation>
    </message>
    <message>
        <source>Right elbow</source>
        <translation>右肘</translation>
    </message>
    <message>
        <source>Left wrist</source>
        <translation>左腕</translation>
    </message>
    <message>
        <source>Right wrist</source>
        <translation>右腕</translation>
    </message>
    <message>
        <source>Left hip</source>
        <translation>左髋</translation>
    </message>
    <message>
        <source>Right hip</source>
        <translation>右髋</translation>
    </message>
    <message>
        <source>Left knee</source>
        <translation>左膝</translation>
    </message>
    <message>
        <source>Right knee</source>
        <translation>右膝</translation>
    </message>
    <message>
        <source>Left ankle</source>
        <translation>左踝</translation>
    </message>
    <message>
        <source>Right ankle</source>
        <translation>右踝</translation>
    </message>
    <message>
        <source>Left big toe</source>
        <translation>左大脚趾</translation>
    </message>
    <message>
        <source>Right big toe</source>
        <translation>右大脚趾</translation>
    </message>
    <message>
        <source>Left small toe</source>
        <translation>左小脚趾</translation>
    </message>
    <message>
        <source>Right small toe</source>
        <translation>右小脚趾</translation>
    </message>
    <message>
        <source>Left heel</source>
        <translation>左脚跟</translation>
    </message>
    <message>
        <source>Right heel</source>
        <translation>右脚跟</translation>
    </message>
    <message>
        <source>Left arm</source>
        <translation>左臂</translation>
    </message>
    <message>
        <source>Right arm</source>
        <translation>右臂</translation>
    </message>
    <message>
        <source>Left hand</source>
        <translation>左手</translation>
    </message>
    <message>
        <source>Right hand</source>
        <translation>右手</translation>
    </message>
    <message>
        <source>Left leg</source>
        <translation>左腿</translation>
    </message>
    <message>
        <source>Right leg</source>
        <translation>右腿</translation>
    </message>
    <message>
        <source>Left thumb %1</source>
        <translation>左拇指 %1</translation>
    </message>
    <message>
        <source>Right thumb %1</source>
        <translation>右拇指 %1</translation>
    </message>
    <message>
        <source>Left index finger %1</source>
        <translation>左食指 %1</translation>
    </message>
    <message>
        <source>Right index finger %1</source>
        <translation>右食指 %1</translation>
    </message>
    <message>
        <source>Left middle finger %1</source>
        <translation>左中指 %1</translation>
    </message>
    <message>
        <source>Right middle finger %1</source>
        <translation>右中指 %1</translation>
    </message>
    <message>
        <source>Left ring finger %1</source>
        <translation>左无名指 %1</translation>
    </message>
    <message>
        <source>Right ring finger %1</source>
        <translation>右无名指 %1</translation>
    </message>
    <message>
        <source>Left little finger %1</source>
        <translation>左小指 %1</translation>
    </message>
    <message>
        <source>Right little finger %1</source>
        <translation>右小指 %1</translation>
    </message>
</context>
<context>
    <name>telltale::BoxTool</name>
    <message>
        <source>%1: %2 x %3 at %4, %5</source>
        <translation>%1：%2 x %3，位于 %4, %5</translation>
    </message>
</context>
<context>
    <name>telltale::CropEditing</name>
    <message>
        <source>%1, %2</source>
        <translation>%1，%2</translation>
    </message>
    <message>
        <source>Correcting crops: there are none yet</source>
        <translation>修正裁剪框：还没有裁剪框</translation>
    </message>
    <message>
        <source>Correcting crops: pause to go on</source>
        <translation>修正裁剪框：请暂停后继续</translation>
    </message>
    <message>
        <source>Correcting crops: the picture is on its way</source>
        <translation>修正裁剪框：画面正在载入</translation>
    </message>
    <message>
        <source>Correcting crops: nothing to look at in this frame</source>
        <translation>修正裁剪框：本帧中没有可看的内容</translation>
    </message>
    <message>
        <source>%1: arrow keys move it, with Ctrl they resize it; Delete takes the correction back</source>
        <translation>%1：方向键移动，按住 Ctrl 调整大小；Delete 撤回修正</translation>
    </message>
    <message>
        <source>Correcting crops: drag a rectangle, its edges or its corners; Esc ends</source>
        <translation>修正裁剪框：拖动矩形、其边或角；Esc 结束</translation>
    </message>
    <message>
        <source>No crop is corrected in this frame.</source>
        <translation>本帧中没有修正过的裁剪框。</translation>
    </message>
    <message>
        <source>Crops follow a skeleton: analyze the video with a pose model first.</source>
        <translation>裁剪框跟随骨架：请先用姿态模型分析视频。</translation>
    </message>
    <message>
        <source>Nobody is in view long enough for a crop in this video.</source>
        <translation>此视频中没有人出现得足够久，无法生成裁剪框。</translation>
    </message>
    <message numerus="yes">
        <source>%n crop(s) found.</source>
        <translation>
            <numerusform>找到 %n 个裁剪框。</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>telltale::PersonsDialog</name>
    <message>
        <source>This one:</source>
        <translation>此人：</translation>
    </message>
    <message>
        <source>The &amp;other one:</source>
        <translation>另一人(&amp;O)：</translation>
    </message>
    <message>
        <source>The other person</source>
        <translation>另一人</translation>
    </message>
    <message>
        <source>From frame %1 on</source>
        <translation>从第 %1 帧起</translation>
    </message>
    <message>
        <source>The whole video</source>
        <translation>整个视频</translation>
    </message>
    <message>
        <source>The selected span, frames %1 to %2</source>
        <translation>所选片段，第 %1 至 %2 帧</translation>
    </message>
    <message>
        <source>Frames</source>
        <translation>帧</translation>
    </message>
    <message>
        <source>&amp;Frames:</source>
        <translation>帧(&amp;F)：</translation>
    </message>
</context>
<context>
    <name>telltale::PointTool</name>
    <message>
        <source>%1, %2</source>
        <translation>%1，%2</translation>
    </message>
    <message>
        <source>%1: placed by hand</source>
        <translation>%1：手动放置</translation>
    </message>
    <message>
        <source>%1: between corrected frames</source>
        <translation>%1：位于已修正的帧之间</translation>
    </message>
    <message>
        <source>%1: score %2</source>
        <translation>%1：分数 %2</translation>
    </message>
</context>
<context>
    <name>telltale::PoseCurves</name>
    <message>
        <source>%1 moves</source>
        <translation>%1运动</translation>
    </message>
    <message>
        <source>%1 is sure</source>
        <translation>%1可信度</translation>
    </message>
    <message>
        <source>How fast this part of %1 moves, in body lengths a second; all parts have the same scale.</source>
        <translation>%1 的这一部位运动的快慢，单位为每秒体长；所有部位使用同一尺度。</translation>
    </message>
    <message>
        <source>How far this part of the skeleton of %1 can be trusted, from 0 to 1: points that are there, their scores, lengths of bones and leaps.</source>
        <translation>%1 骨架的这一部位有多可信，从 0 到 1：依据存在的关键点、其分数、骨长和跳变。</translation>
    </message>
    <message>
        <source>Body parts</source>
        <translation>身体部位</translation>
    </message>
    <message>
        <source>Pose quality</source>
        <translation>姿态质量</translation>
    </message>
    <message>
        <source>is being computed...</source>
        <translation>正在计算...</translation>
    </message>
    <message>
        <source>nobody is seen</source>
        <translation>看不到人</translation>
    </message>
    <message>
        <source>no skeleton yet: analyze the video</source>
        <translation>还没有骨架：请分析视频</translation>
    </message>
</context>
<context>
    <name>telltale::PoseEditing</name>
    <message>
        <source>%1 is chosen.</source>
        <translation>已选择%1。</translation>
    </message>
    <message>
        <source>Correcting points: there is no skeleton here</source>
        <translation>修正关键点：这里没有骨架</translation>
    </message>
    <message>
        <source>Correcting points: pause to go on</source>
        <translation>修正关键点：请暂停后继续</translation>
    </message>
    <message>
        <source>Correcting points: the picture is on its way</source>
        <translation>修正关键点：画面正在载入</translation>
    </message>
    <message>
        <source>%1 of %2: drag it, or use the arrow keys; Delete removes it</source>
        <translation>%2的%1：拖动或用方向键移动；Delete 移除</translation>
    </message>
    <message>
        <source>Correcting %1: drag a point; a double click puts a missing one; Esc ends</source>
        <translation>正在修正%1：拖动关键点；双击放置缺失的点；Esc 结束</translation>
    </message>
    <message>
        <source>There is no skeleton before frame %1 that could be copied.</source>
        <translation>第 %1 帧之前没有可复制的骨架。</translation>
    </message>
    <message>
        <source>%1 has no such points in frame %2.</source>
        <translation>%1 在第 %2 帧中没有这些关键点。</translation>
    </message>
    <message numerus="yes">
        <source>%n point(s) copied from frame %1.</source>
        <translation>
            <numerusform>已从第 %1 帧复制 %n 个关键点。</numerusform>
        </translation>
    </message>
    <message>
        <source>Correct %1 in a frame before and in one behind this one first; the points of the frames between them are put on the way from one to the other.</source>
        <translation>请先在本帧之前和之后各修正一帧%1；两者之间各帧的关键点将放在从一处到另一处的路径上。</translation>
    </message>
    <message>
        <source>No point of %1 was put both in frame %2 and in frame %3, with frames between them.</source>
        <translation>%1 没有在第 %2 帧和第 %3 帧都放置过、且其间还有帧的关键点。</translation>
    </message>
    <message numerus="yes">
        <source>%n frame(s) between %1 and %2 interpolated.</source>
        <translation>
            <numerusform>已在 %1 与 %2 之间插值 %n 帧。</numerusform>
        </translation>
    </message>
    <message>
        <source>%1 is not corrected in this frame.</source>
        <translation>%1 在本帧中没有修正。</translation>
    </message>
    <message>
        <source>No corrected frame behind this one.</source>
        <translation>此帧之后没有已修正的帧。</translation>
    </message>
    <message>
        <source>No corrected frame before this one.</source>
        <translation>此帧之前没有已修正的帧。</translation>
    </message>
    <message>
        <source>The new skeleton is shown. Undo brings the old one back.</source>
        <translation>现在显示新骨架。撤销可恢复旧骨架。</translation>
    </message>
    <message>
        <source>&amp;Put a missing point here</source>
        <translation>在此放置缺失的关键点(&amp;P)</translation>
    </message>
    <message>
        <source>&amp;Remove: %1</source>
        <translation>移除(&amp;R)：%1</translation>
    </message>
    <message>
        <source>&amp;Copy from the frame before: %1</source>
        <translation>从上一帧复制(&amp;C)：%1</translation>
    </message>
    <message>
        <source>Correct p&amp;erson</source>
        <translation>修正人物(&amp;E)</translation>
    </message>
</context>
<context>
    <name>telltale::SmoothDialog</name>
    <message>
        <source>&amp;Fill gaps on a straight line</source>
        <translation>沿直线填补缺口(&amp;F)</translation>
    </message>
    <message>
        <source>Fill gaps and smooth</source>
        <translation>填补缺口并平滑</translation>
    </message>
    <message>
        <source>Makes a new skeleton of the shown one, corrections and all. The old one stays in the project, and undo brings it back.</source>
        <translation>由当前骨架（连同修正）生成新骨架。旧骨架保留在项目中，撤销即可恢复。</translation>
    </message>
    <message>
        <source>&amp;Longest gap:</source>
        <translation>最长缺口(&amp;L)：</translation>
    </message>
    <message>
        <source> s</source>
        <translation> 秒</translation>
    </message>
    <message>
        <source>Make the new skeleton</source>
        <translation>生成新骨架</translation>
    </message>
    <message>
        <source>Do not smooth</source>
        <translation>不平滑</translation>
    </message>
    <message>
        <source>One euro: steady at rest, quick in motion</source>
        <translation>One Euro：静止时平稳，运动时灵敏</translation>
    </message>
    <message>
        <source>Median: takes out single leaps</source>
        <translation>中值：去除单个跳变</translation>
    </message>
    <message>
        <source>Kalman forward and back (RTS): even motion</source>
        <translation>双向卡尔曼（RTS）：运动均匀</translation>
    </message>
    <message>
        <source>&amp;Smooth:</source>
        <translation>平滑(&amp;S)：</translation>
    </message>
    <message>
        <source>&amp;Cutoff at rest:</source>
        <translation>静止时截止频率(&amp;C)：</translation>
    </message>
    <message>
        <source> Hz</source>
        <translation> Hz</translation>
    </message>
    <message>
        <source>&amp;More for motion:</source>
        <translation>随运动增加(&amp;M)：</translation>
    </message>
    <message>
        <source> Hz per pixel a second</source>
        <translation> Hz/（像素/秒）</translation>
    </message>
    <message>
        <source>&amp;Window:</source>
        <translation>窗口(&amp;W)：</translation>
    </message>
    <message>
        <source> frames</source>
        <translation> 帧</translation>
    </message>
    <message>
        <source>&amp;Noise of a sure point:</source>
        <translation>可靠点的噪声(&amp;N)：</translation>
    </message>
    <message>
        <source> pixels</source>
        <translation> 像素</translation>
    </message>
    <message>
        <source>&amp;Acceleration:</source>
        <translation>加速度(&amp;A)：</translation>
    </message>
    <message>
        <source> pixels a second, every second</source>
        <translation> 像素/秒²</translation>
    </message>
    <message>
        <source>Choose something to do.</source>
        <translation>请选择要做的事。</translation>
    </message>
    <message>
        <source>Trying it out...</source>
        <translation>正在试算...</translation>
    </message>
    <message>
        <source>%1 of %2 points move, by %3 pixels on average; %4 missing points are put.</source>
        <translation>%2 个关键点中有 %1 个移动，平均 %3 像素；补上 %4 个缺失的点。</translation>
    </message>
    <message>
        <source>Nothing would change.</source>
        <translation>不会有任何变化。</translation>
    </message>
</context>
<context>
    <name>telltale::CoursePlot</name>
    <message>
        <source>epoch</source>
        <translation>轮次</translation>
    </message>
    <message>
        <source>%1, epoch %2: %3</source>
        <translation>%1，第 %2 轮：%3</translation>
    </message>
    <message>
        <source>%1: from %2 to %3</source>
        <translation>%1：从 %2 到 %3</translation>
    </message>
    <message>
        <source>Curves</source>
        <translation>曲线</translation>
    </message>
</context>
<context>
    <name>telltale::AugmentationPanel</name>
    <message>
        <source>rarity %1, difficulty %2</source>
        <translation>稀有度 %1，难度 %2</translation>
    </message>
    <message>
        <source>Intensity of the augmentation by class</source>
        <translation>各类别的增强强度</translation>
    </message>
    <message>
        <source>Class</source>
        <translation>类别</translation>
    </message>
    <message>
        <source>Count</source>
        <translation>数量</translation>
    </message>
    <message>
        <source>Rarity</source>
        <translation>稀有度</translation>
    </message>
    <message>
        <source>Difficulty</source>
        <translation>难度</translation>
    </message>
    <message>
        <source>Intensity</source>
        <translation>强度</translation>
    </message>
    <message>
        <source>Choose classes to see how their intensity went.</source>
        <translation>选择类别以查看其强度的变化。</translation>
    </message>
    <message>
        <source>Labelled gestures that the detector learned from.</source>
        <translation>检测器学习时使用的已标注手势。</translation>
    </message>
    <message>
        <source>How few gestures a class has: 0 for the most frequent class, 1 for the rarest.</source>
        <translation>类别的手势有多少：最常见的类别为 0，最稀有的为 1。</translation>
    </message>
    <message>
        <source>How hard a class is to learn: its running loss over that of the hardest class.</source>
        <translation>类别有多难学：其滑动损失与最难类别之比。</translation>
    </message>
    <message>
        <source>Rarity and difficulty together: how strongly and how often a window with this class is varied.</source>
        <translation>稀有度与难度合并：含该类别的窗口被变换的强度与频度。</translation>
    </message>
    <message>
        <source>No detector is in use in this project.

Train one on its decided spans:
telltale-cli train PROJECT --system track2

Then this view shows how strongly the gestures of each class were varied in the training.</source>
        <translation>此项目没有正在使用的检测器。

请用已确认的片段训练一个：
telltale-cli train PROJECT --system track2

之后这里会显示训练中各类别的手势被变换的强度。</translation>
    </message>
    <message>
        <source>Reading the detector...</source>
        <translation>正在读取检测器…</translation>
    </message>
    <message>
        <source>The detector in use has no history of its training.</source>
        <translation>正在使用的检测器没有训练历史。</translation>
    </message>
    <message>
        <source>%1: intensity %2 after epoch %3, %4 after epoch %5 (rarity %6, difficulty %7)</source>
        <translation>%1：第 %3 轮后强度 %2，第 %5 轮后 %4（稀有度 %6，难度 %7）</translation>
    </message>
    <message>
        <source>%1, %2: the rarer and the harder a class, the more its windows were varied.</source>
        <translation>%1，%2：类别越稀有、越难，其窗口的变换越强。</translation>
    </message>
    <message>
        <source>%1, %2: every window was varied alike, whatever its classes.</source>
        <translation>%1，%2：无论类别如何，所有窗口的变换都一样。</translation>
    </message>
    <message>
        <source>used</source>
        <translation>采用</translation>
    </message>
    <message>
        <source>rare</source>
        <translation>稀有</translation>
    </message>
    <message>
        <source>medium</source>
        <translation>中等</translation>
    </message>
    <message>
        <source>frequent</source>
        <translation>常见</translation>
    </message>
    <message>
        <source>Thirds of the classes; choose classes to see their own.</source>
        <translation>按类别数三等分的均值；选择类别可查看各自的曲线。</translation>
    </message>
    <message>
        <source>The first %1 of %2 chosen classes are drawn.</source>
        <translation>已选 %2 个类别，绘出前 %1 个。</translation>
    </message>
    <message>
        <source>Choose a class again to leave it out.</source>
        <translation>再次选择某个类别即可去掉它。</translation>
    </message>
    <message>
        <source>intensity</source>
        <translation>强度</translation>
    </message>
    <message numerus="yes">
        <source>%n epoch(s)</source>
        <translation>
            <numerusform>%n 轮</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>mean of %n class(es)</source>
        <translation>
            <numerusform>%n 个类别的均值</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>telltale::CommandPalette</name>
    <message>
        <source>needs a project</source>
        <translation>需要打开项目</translation>
    </message>
    <message>
        <source>needs a video</source>
        <translation>需要视频</translation>
    </message>
    <message>
        <source>needs a selected span</source>
        <translation>需要选中片段</translation>
    </message>
    <message>
        <source>needs a span with candidates</source>
        <translation>需要有候选类别的片段</translation>
    </message>
    <message>
        <source>needs marks: set them with in and out</source>
        <translation>需要先标记入点和出点</translation>
    </message>
    <message>
        <source>nothing to undo</source>
        <translation>没有可撤销的操作</translation>
    </message>
    <message>
        <source>nothing to redo</source>
        <translation>没有可重做的操作</translation>
    </message>
    <message>
        <source>waits for the running job</source>
        <translation>需等待正在运行的任务</translation>
    </message>
    <message>
        <source>no job is running</source>
        <translation>没有正在运行的任务</translation>
    </message>
    <message>
        <source>the list is empty</source>
        <translation>列表为空</translation>
    </message>
    <message>
        <source>needs a session of cameras</source>
        <translation>需要多台摄像机的会话</translation>
    </message>
    <message>
        <source>this video seeks quickly as it is</source>
        <translation>此视频本身定位就很快</translation>
    </message>
    <message>
        <source>needs a skeleton</source>
        <translation>需要骨架</translation>
    </message>
    <message>
        <source>needs a second person</source>
        <translation>需要第二个人</translation>
    </message>
    <message>
        <source>needs crops</source>
        <translation>需要裁剪区域</translation>
    </message>
    <message>
        <source>needs a project of your own</source>
        <translation>需要您自己的项目</translation>
    </message>
    <message>
        <source>there are no conflicts</source>
        <translation>没有冲突</translation>
    </message>
    <message>
        <source>not now</source>
        <translation>现在不可用</translation>
    </message>
    <message>
        <source>Class</source>
        <translation>类别</translation>
    </message>
    <message>
        <source>Video</source>
        <translation>视频</translation>
    </message>
    <message>
        <source>Commands</source>
        <translation>命令</translation>
    </message>
    <message>
        <source>Type what you want to do, a class or a video</source>
        <translation>输入要做的事、类别或视频</translation>
    </message>
    <message>
        <source>What to do</source>
        <translation>要做的事</translation>
    </message>
    <message>
        <source>What can be done</source>
        <translation>可执行的操作</translation>
    </message>
    <message>
        <source>%1 - %2</source>
        <translation>%1 - %2</translation>
    </message>
</context>
<context>
    <name>telltale::KeyDialog</name>
    <message>
        <source>Keys</source>
        <translation>按键</translation>
    </message>
    <message>
        <source>Actions and their keys</source>
        <translation>操作及其按键</translation>
    </message>
    <message>
        <source>Action</source>
        <translation>操作</translation>
    </message>
    <message>
        <source>Menu</source>
        <translation>菜单</translation>
    </message>
    <message>
        <source>Keys &amp;as in</source>
        <translation>按键方案(&amp;A)</translation>
    </message>
    <message>
        <source>Preset</source>
        <translation>方案</translation>
    </message>
    <message>
        <source>Keys that you know from another program. Your own changes stay.</source>
        <translation>沿用您熟悉的其他软件的按键。您自己的更改会保留。</translation>
    </message>
    <message>
        <source>Find an action, or a key such as Ctrl+G</source>
        <translation>查找操作，或 Ctrl+G 之类的按键</translation>
    </message>
    <message>
        <source>Find an action or a key</source>
        <translation>查找操作或按键</translation>
    </message>
    <message>
        <source>Key</source>
        <translation>按键</translation>
    </message>
    <message>
        <source>Second key</source>
        <translation>第二按键</translation>
    </message>
    <message>
        <source>The keys that the preset gives this action</source>
        <translation>恢复该方案为此操作指定的按键</translation>
    </message>
    <message>
        <source>What clashes</source>
        <translation>冲突说明</translation>
    </message>
    <message>
        <source>&amp;Key</source>
        <translation>按键(&amp;K)</translation>
    </message>
    <message>
        <source>&amp;Second key</source>
        <translation>第二按键(&amp;S)</translation>
    </message>
    <message>
        <source>Reaction &amp;time</source>
        <translation>反应时间(&amp;T)</translation>
    </message>
    <message>
        <source> ms</source>
        <translation> 毫秒</translation>
    </message>
    <message>
        <source>Reaction time</source>
        <translation>反应时间</translation>
    </message>
    <message>
        <source>How long after a movement you press a key: marks that are made while the video plays are set so much earlier</source>
        <translation>看到动作后多久按键：播放时所做的标记会提前这么多</translation>
    </message>
    <message>
        <source>Reset a&amp;ll</source>
        <translation>全部重置(&amp;L)</translation>
    </message>
    <message>
        <source>Takes all your own changes back; the preset stays</source>
        <translation>撤销您自己的全部更改；方案保留</translation>
    </message>
    <message>
        <source>%1  (clashes)</source>
        <translation>%1  （冲突）</translation>
    </message>
    <message>
        <source>Changed by you</source>
        <translation>由您更改</translation>
    </message>
    <message>
        <source>Take it from &quot;%1&quot;</source>
        <translation>从“%1”取走</translation>
    </message>
    <message>
        <source>&amp;Reset</source>
        <translation>重置(&amp;R)</translation>
    </message>
</context>
<context>
    <name>telltale::KeyEdit</name>
    <message>
        <source>Click here or come here with Tab, then press the key. Backspace takes it away.</source>
        <translation>点击此处或用 Tab 移到此处，然后按下按键。Backspace 可清除。</translation>
    </message>
</context>
<context>
    <name>telltale::KeyMode</name>
    <message>
        <source>Paint mode</source>
        <translation>涂画模式</translation>
    </message>
    <message>
        <source>Review mode</source>
        <translation>审阅模式</translation>
    </message>
    <message>
        <source>Digits paint: hold one while the video plays. %1 goes back to review mode, where digits take candidates.</source>
        <translation>数字键用于涂画：播放时按住。按 %1 回到审阅模式，届时数字键采用候选。</translation>
    </message>
    <message>
        <source>Digits take candidates. %1 goes to paint mode, where a digit paints a span as long as it is held.</source>
        <translation>数字键采用候选。按 %1 进入涂画模式，按住数字键期间即画出片段。</translation>
    </message>
    <message>
        <source>The command &quot;Paint mode&quot;</source>
        <translation>命令“涂画模式”</translation>
    </message>
    <message>
        <source>New spans: %1</source>
        <translation>新片段：%1</translation>
    </message>
    <message>
        <source>The class that was used last. Marking in and out while the video plays makes a span of it; the key of a class, or a candidate, changes it.</source>
        <translation>最近使用的类别。播放时标记入点和出点会新建该类别的片段；按类别键或采用候选即可更改。</translation>
    </message>
</context>
<context>
    <name>telltale::PaintHints</name>
    <message>
        <source>%1: %2</source>
        <translation>%1：%2</translation>
    </message>
    <message>
        <source>Digits in paint mode. %1</source>
        <translation>涂画模式的数字键。%1</translation>
    </message>
    <message>
        <source>Hold %1 while the video plays to paint &quot;%2&quot;; Esc leaves it out</source>
        <translation>播放时按住 %1 画出“%2”；按 Esc 放弃</translation>
    </message>
</context>
<context>
    <name>telltale::KeyMap</name>
    <message>
        <source>%1 is the key of &quot;%2&quot; and of &quot;%3&quot;, so it does neither: give one of them another key.</source>
        <translation>%1 同时是“%2”和“%3”的按键，因此两者都不会执行：请为其中一个另选按键。</translation>
    </message>
    <message>
        <source>%1 zooms the timeline and the picture, and could not any more: give &quot;%2&quot; another key.</source>
        <translation>%1 用于缩放时间线和画面，占用后将无法缩放：请为“%2”另选按键。</translation>
    </message>
    <message>
        <source>%1 opens the menu &quot;%2&quot;, so it does neither: give &quot;%3&quot; another key.</source>
        <translation>%1 用于打开菜单“%2”，因此两者都不会执行：请为“%3”另选按键。</translation>
    </message>
    <message>
        <source>%1 edits text while a text field has the focus: there &quot;%2&quot; is not reached by it. Choose another key if you need it there.</source>
        <translation>焦点在文本框中时 %1 用于编辑文字，此时无法触发“%2”。若在文本框中也要使用，请另选按键。</translation>
    </message>
    <message>
        <source>%1 is also the key of class &quot;%2&quot;, which it does not name any more: give &quot;%3&quot; another key, or the class in Project, Label scheme.</source>
        <translation>%1 也是类别“%2”的按键，已不再用于标注该类别：请为“%3”另选按键，或在“项目 &gt; 标签方案”中更改类别的按键。</translation>
    </message>
</context>
<context>
    <name>telltale::Painting</name>
    <message>
        <source>No class is at %1.</source>
        <translation>数字键 %1 没有对应的类别。</translation>
    </message>
    <message>
        <source>Hold the digit while the video plays, or while you step through it.</source>
        <translation>请在播放或逐帧移动时按住数字键。</translation>
    </message>
</context>
<context>
    <name>ReactionTime</name>
    <message>
        <source>Reaction time</source>
        <translation>反应时间</translation>
    </message>
    <message>
        <source>Milliseconds from a movement to your key: marks that are made while the video plays
are set so much earlier.</source>
        <translation>从看到动作到按键的毫秒数：播放时所做的标记
会提前这么多。</translation>
    </message>
</context>
<context>
    <name>SpanKeys</name>
    <message>
        <source>No span follows on this lane.</source>
        <translation>此轨道上后面没有片段了。</translation>
    </message>
    <message>
        <source>No span lies before on this lane.</source>
        <translation>此轨道上前面没有片段了。</translation>
    </message>
    <message>
        <source>This is the lowest lane with spans.</source>
        <translation>这是最下面一条有片段的轨道。</translation>
    </message>
    <message>
        <source>This is the highest lane with spans.</source>
        <translation>这是最上面一条有片段的轨道。</translation>
    </message>
    <message>
        <source>Near the start nothing begins to move, and the detector&apos;s probability does not rise.</source>
        <translation>起点附近没有开始的动作，检测概率也没有上升。</translation>
    </message>
    <message>
        <source>Near the end nothing ceases to move, and the detector&apos;s probability does not fall.</source>
        <translation>终点附近没有停止的动作，检测概率也没有下降。</translation>
    </message>
    <message>
        <source>The boundary is where it was.</source>
        <translation>边界回到了原处。</translation>
    </message>
    <message numerus="yes">
        <source>%n frame(s) earlier: place %1 of %2.</source>
        <translation>
            <numerusform>提前 %n 帧：第 %1 处，共 %2 处。</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n frame(s) later: place %1 of %2.</source>
        <translation>
            <numerusform>推后 %n 帧：第 %1 处，共 %2 处。</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>telltale::LaneChoices</name>
    <message>
        <source>&amp;Collapse &quot;%1&quot;</source>
        <translation>折叠“%1”(&amp;C)</translation>
    </message>
    <message>
        <source>&amp;Hide &quot;%1&quot;</source>
        <translation>隐藏“%1”(&amp;H)</translation>
    </message>
    <message>
        <source>&amp;Show all lanes in full</source>
        <translation>完整显示所有轨道(&amp;S)</translation>
    </message>
</context>
<context>
    <name>ModelCurves</name>
    <message>
        <source>How sure the detector is that there is a gesture, from 0 to 1.</source>
        <translation>检测器认为有手势的把握，0 到 1。</translation>
    </message>
    <message>
        <source>Probability of the class that the skeleton network gives the span.</source>
        <translation>骨架网络给该片段的类别概率。</translation>
    </message>
    <message>
        <source>Probability of the class that the heatmap network gives the span.</source>
        <translation>热图网络给该片段的类别概率。</translation>
    </message>
    <message>
        <source>Probability of the class that the picture network gives the span.</source>
        <translation>图像网络给该片段的类别概率。</translation>
    </message>
    <message>
        <source>Probability of the class that all modalities together give the span.</source>
        <translation>各模态融合后给该片段的类别概率。</translation>
    </message>
    <message>
        <source>Disagreement</source>
        <translation>分歧</translation>
    </message>
    <message>
        <source>How far the modalities are apart, from 0 (all say the same) to 1 (each is sure of another class).</source>
        <translation>各模态的分歧，0（一致）到 1（各自确信不同类别）。</translation>
    </message>
    <message>
        <source>How much moves, from 0 to 1.</source>
        <translation>运动量，0 到 1。</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <translation>%1：%2</translation>
    </message>
</context>
<context>
    <name>OtherLayers</name>
    <message>
        <source>Shared spans</source>
        <translation>共享片段</translation>
    </message>
    <message>
        <source>Settled</source>
        <translation>已裁定</translation>
    </message>
    <message>
        <source>Spans of another layer (%1): to look at, not to change.</source>
        <translation>另一图层（%1）的片段：只读。</translation>
    </message>
</context>
<context>
    <name>PersonLanes</name>
    <message>
        <source>Annotations</source>
        <translation>标注</translation>
    </message>
    <message>
        <source>%1: annotations</source>
        <translation>%1：标注</translation>
    </message>
    <message>
        <source>No spans yet: mark one with I and O, or accept a proposal.</source>
        <translation>还没有片段：用 I 和 O 标记一个，或接受一个候选。</translation>
    </message>
    <message>
        <source>Proposals</source>
        <translation>候选</translation>
    </message>
    <message>
        <source>%1: proposals</source>
        <translation>%1：候选</translation>
    </message>
    <message>
        <source>No open proposals: let the models analyze the video to get some.</source>
        <translation>没有待定候选：让模型分析视频即可得到。</translation>
    </message>
</context>
<context>
    <name>telltale::QueueWeights</name>
    <message>
        <source>&amp;Uncertainty</source>
        <translation>不确定度(&amp;U)</translation>
    </message>
    <message>
        <source>How evenly the probability is spread over the classes (entropy)</source>
        <translation>概率在各类别间分布的均匀程度（熵）</translation>
    </message>
    <message>
        <source>&amp;Rarity</source>
        <translation>稀有度(&amp;R)</translation>
    </message>
    <message>
        <source>How few decided examples the class has (one over the square root)</source>
        <translation>该类别已确定样例的稀少程度（平方根的倒数）</translation>
    </message>
    <message>
        <source>&amp;Disagreement</source>
        <translation>分歧(&amp;D)</translation>
    </message>
    <message>
        <source>How far skeleton, heatmap and picture are apart (Jensen-Shannon divergence)</source>
        <translation>骨架、热图与画面之间的差异（Jensen-Shannon 散度）</translation>
    </message>
    <message>
        <source>&amp;Novelty</source>
        <translation>新颖度(&amp;N)</translation>
    </message>
    <message>
        <source>How unlike the nearest decided example it looks to the networks</source>
        <translation>在网络看来与最近的已确定样例的差异程度</translation>
    </message>
    <message>
        <source>&amp;Time it takes</source>
        <translation>所需时间(&amp;T)</translation>
    </message>
    <message>
        <source>Expected seconds for the look: the gain is divided by them</source>
        <translation>预计查看所需秒数：收益除以该值</translation>
    </message>
    <message>
        <source>Order by expected gain</source>
        <translation>按预期收益排序</translation>
    </message>
    <message>
        <source>&lt;b&gt;Expected gain&lt;/b&gt; = uncertainty × rarity × disagreement × novelty ÷ seconds. A weight of 0 leaves a factor out, 1 is usual, 2 counts it twice.</source>
        <translation>&lt;b&gt;预期收益&lt;/b&gt; = 不确定度 × 稀有度 × 分歧 × 新颖度 ÷ 秒数。权重 0 表示不计该因子，1 为通常值，2 表示计两次。</translation>
    </message>
    <message>
        <source> %</source>
        <translation> %</translation>
    </message>
    <message>
        <source>Audited part of the proposals</source>
        <translation>建议中被抽查的部分</translation>
    </message>
    <message>
        <source>So many of a hundred proposals are drawn at random and come in their turn, however sure the models are: from them alone the precision is estimated</source>
        <translation>每一百个建议中随机抽取这么多，无论模型多有把握都按次序出现：精确率只由它们估计</translation>
    </message>
    <message>
        <source>&amp;Audit share</source>
        <translation>抽查比例(&amp;A)</translation>
    </message>
    <message>
        <source>Use the defaults</source>
        <translation>恢复默认值</translation>
    </message>
    <message>
        <source>Weight: %1</source>
        <translation>权重：%1</translation>
    </message>
</context>
<context>
    <name>telltale::StopDialog</name>
    <message>
        <source>There are no proposals yet: analyze a video.</source>
        <translation>还没有建议：请先分析视频。</translation>
    </message>
    <message>
        <source>Everything is decided.</source>
        <translation>全部已确定。</translation>
    </message>
    <message>
        <source>Nothing is known of the %1 left yet: decide audit items (order &quot;Random audit&quot;).</source>
        <translation>剩余 %1 个的情况尚不清楚：请先处理抽查项（顺序选“随机抽查”）。</translation>
    </message>
    <message>
        <source>No audit item was drawn for the estimate: decide all that are left (%1), or raise the share.</source>
        <translation>没有抽到用于估计的抽查项：请处理完剩余的（%1），或提高抽查比例。</translation>
    </message>
    <message>
        <source>Wrong among the %1 left: about %2.</source>
        <translation>剩余 %1 个中约有 %2 个错误。</translation>
    </message>
    <message>
        <source>All audit items are decided; a greater share would narrow this.</source>
        <translation>抽查项已全部处理；提高抽查比例可缩小区间。</translation>
    </message>
    <message>
        <source>Audit items still open: %1; %2 more would halve the interval.</source>
        <translation>仍待处理的抽查项：%1；再处理 %2 个可使区间减半。</translation>
    </message>
    <message>
        <source>Audit items that would halve the interval: %1.</source>
        <translation>使区间减半还需的抽查项：%1。</translation>
    </message>
    <message>
        <source>When to stop</source>
        <translation>何时停止</translation>
    </message>
    <message>
        <source>Audit items (◎) are drawn at random among all proposals, so what you decide of them tells how many of the others are wrong. Items that the queue brought first because they look doubtful are left out of the estimate.</source>
        <translation>抽查项（◎）从全部建议中随机抽取，因此您对它们的判断可说明其余有多少错误。因看似可疑而先出现的项目不计入估计。</translation>
    </message>
    <message>
        <source>Class</source>
        <translation>类别</translation>
    </message>
    <message>
        <source>Left</source>
        <translation>剩余</translation>
    </message>
    <message>
        <source>Audited</source>
        <translation>已抽查</translation>
    </message>
    <message>
        <source>Right (95 %)</source>
        <translation>正确（95 %）</translation>
    </message>
    <message>
        <source>Wrong left</source>
        <translation>剩余错误</translation>
    </message>
    <message>
        <source>To halve</source>
        <translation>减半所需</translation>
    </message>
    <message>
        <source>Open proposals</source>
        <translation>待定的建议</translation>
    </message>
    <message>
        <source>Decided audit items that count, of all</source>
        <translation>计入估计的已处理抽查项及总数</translation>
    </message>
    <message>
        <source>Proposals whose class was right, with the 95 % interval</source>
        <translation>类别正确的建议所占比例及 95 % 区间</translation>
    </message>
    <message>
        <source>Expected wrong ones among the open proposals, 95 % interval</source>
        <translation>待定建议中预计的错误数，95 % 区间</translation>
    </message>
    <message>
        <source>Further audit items after which the interval is half as wide</source>
        <translation>使区间宽度减半还需的抽查项数</translation>
    </message>
    <message>
        <source>Estimate by class</source>
        <translation>各类别的估计</translation>
    </message>
    <message>
        <source>All classes</source>
        <translation>全部类别</translation>
    </message>
    <message>
        <source>%1 of %2</source>
        <translation>%1 / %2</translation>
    </message>
</context>
<context>
    <name>telltale::StopView</name>
    <message>
        <source>When to stop: what is left and wrong, by class</source>
        <translation>何时停止：按类别查看剩余与错误</translation>
    </message>
    <message>
        <source>Audited: 0 of %1</source>
        <translation>已抽查：0 / %1</translation>
    </message>
    <message>
        <source>No audit item drawn</source>
        <translation>未抽到抽查项</translation>
    </message>
    <message>
        <source>%1 of %2 left wrong</source>
        <translation>剩余 %2 个中 %1 个有误</translation>
    </message>
</context>
<context>
    <name>telltale::OverviewStrip</name>
    <message>
        <source>Whole video</source>
        <translation>整个视频</translation>
    </message>
    <message>
        <source>Spans and reviewed stretches of the whole video, and what of it the timeline shows.</source>
        <translation>整个视频的片段、已审阅范围及时间线当前所见。</translation>
    </message>
    <message>
        <source>&lt;p&gt;The whole video. Drag the window, or click where it is to go; a double click seeks. Keys: Left and Right, Page Up and Page Down, Home and End move it, + and − zoom.&lt;/p&gt;</source>
        <translation>&lt;p&gt;整个视频。拖动窗口，或单击目标位置；双击跳转。按键：左右、Page Up/Page Down、Home/End 移动，+ 和 − 缩放。&lt;/p&gt;</translation>
    </message>
    <message>
        <source>whole video</source>
        <translation>整个视频</translation>
    </message>
</context>
<context>
    <name>telltale::Adaptation</name>
    <message numerus="yes">
        <source>%n pseudo-label(s) entered.</source>
        <translation>
            <numerusform>已录入 %n 个伪标签。</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>telltale::AlarmBox</name>
    <message>
        <source>Warning: %1</source>
        <translation>警告：%1</translation>
    </message>
</context>
<context>
    <name>telltale::ChangesModel</name>
    <message>
        <source>%1 → %2</source>
        <translation>%1 → %2</translation>
    </message>
    <message>
        <source>%1, %2</source>
        <translation>%1，%2</translation>
    </message>
    <message>
        <source>%1: %2, %3, frames %4 to %5%6</source>
        <translation>%1：%2，%3，第 %4 至 %5 帧%6</translation>
    </message>
    <message>
        <source>; the project has no span there any more</source>
        <translation>；项目中此处已没有片段</translation>
    </message>
    <message>
        <source>Pseudo-label</source>
        <translation>伪标签</translation>
    </message>
    <message>
        <source>Where</source>
        <translation>位置</translation>
    </message>
</context>
<context>
    <name>telltale::CmplPanel</name>
    <message>
        <source>Progress of the adaptation</source>
        <translation>适应的进度</translation>
    </message>
    <message>
        <source>&amp;On</source>
        <translation>对象(&amp;O)</translation>
    </message>
    <message>
        <source>other spans of the same people (inductive)</source>
        <translation>同一批人的其他片段（归纳式）</translation>
    </message>
    <message>
        <source>the evaluated spans (transductive)</source>
        <translation>被评测的片段本身（直推式）</translation>
    </message>
    <message>
        <source>Which spans the system adapts on</source>
        <translation>系统在哪些片段上适应</translation>
    </message>
    <message>
        <source>&amp;Round</source>
        <translation>轮次(&amp;R)</translation>
    </message>
    <message>
        <source>Round that is shown</source>
        <translation>显示的轮次</translation>
    </message>
    <message>
        <source>The round that is shown here; the newest stands first</source>
        <translation>此处显示的轮次；最新的排在最前</translation>
    </message>
    <message>
        <source>Classes</source>
        <translation>类别</translation>
    </message>
    <message>
        <source>Changes</source>
        <translation>变化</translation>
    </message>
    <message>
        <source>What the round accepted of each class</source>
        <translation>该轮在每个类别中接受了多少</translation>
    </message>
    <message>
        <source>What became of the pseudo-labels since another round</source>
        <translation>与另一轮相比，伪标签有何变化</translation>
    </message>
    <message>
        <source>Classes and changes of the round</source>
        <translation>该轮的类别与变化</translation>
    </message>
    <message>
        <source>Adapting in the background; you can work on.</source>
        <translation>正在后台适应；您可以继续工作。</translation>
    </message>
    <message>
        <source>Done. %1 The adapted system is a candidate beside the one in use.</source>
        <translation>完成。%1适应后的系统作为候选，与正在使用的系统并列。</translation>
    </message>
    <message>
        <source>Stopped; nothing was changed.</source>
        <translation>已停止；没有任何改动。</translation>
    </message>
    <message>
        <source>There are no rounds yet. Once there is a system, adapting teaches each modality what the others agree on, and every round of it is shown here.</source>
        <translation>还没有任何轮次。有了系统之后，适应会让每个模态学习其他模态一致认同的内容，每一轮都会显示在这里。</translation>
    </message>
    <message>
        <source>There are no rounds yet. Adapt the system in use: each modality then learns what the others agree on, and every round is shown here.</source>
        <translation>还没有任何轮次。请适应正在使用的系统：每个模态会学习其他模态一致认同的内容，每一轮都会显示在这里。</translation>
    </message>
    <message>
        <source>%1 (%2)</source>
        <translation>%1（%2）</translation>
    </message>
    <message>
        <source>Adaptation %1: %2</source>
        <translation>第 %1 次适应：%2</translation>
    </message>
</context>
<context>
    <name>CmplPanel</name>
    <message>
        <source>Adapted. %1</source>
        <translation>适应完成。%1</translation>
    </message>
</context>
<context>
    <name>telltale::RoundChanges</name>
    <message>
        <source>Compared &amp;with</source>
        <translation>对照(&amp;W)</translation>
    </message>
    <message>
        <source>Round to compare with</source>
        <translation>用来对照的轮次</translation>
    </message>
    <message>
        <source>The round whose pseudo-labels those of the chosen round are compared with</source>
        <translation>所选轮次的伪标签与这一轮的伪标签相比较</translation>
    </message>
    <message>
        <source>Changed pseudo-labels</source>
        <translation>有变化的伪标签</translation>
    </message>
    <message>
        <source>Click or Enter goes to the span</source>
        <translation>单击或按回车键转到该片段</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <translation>%1：%2</translation>
    </message>
    <message>
        <source>%1 (shows or hides them in the list)</source>
        <translation>%1（在列表中显示或隐藏）</translation>
    </message>
    <message>
        <source>This is the first round: choose another one to compare it with.</source>
        <translation>这是第一轮：请选择另一轮与之比较。</translation>
    </message>
    <message>
        <source>There is no other round to compare this one with yet.</source>
        <translation>还没有其他轮次可以与这一轮比较。</translation>
    </message>
    <message>
        <source>Neither of the two rounds accepted anything.</source>
        <translation>这两轮都没有接受任何片段。</translation>
    </message>
    <message>
        <source>Nothing has changed: all pseudo-labels were kept.</source>
        <translation>没有变化：所有伪标签都保留了。</translation>
    </message>
</context>
<context>
    <name>telltale::RoundClasses</name>
    <message>
        <source>What the round accepted, by class</source>
        <translation>该轮按类别接受的数量</translation>
    </message>
    <message>
        <source>Class</source>
        <translation>类别</translation>
    </message>
    <message>
        <source>Named</source>
        <translation>提名</translation>
    </message>
    <message>
        <source>Accepted</source>
        <translation>接受</translation>
    </message>
    <message>
        <source>Right</source>
        <translation>正确</translation>
    </message>
    <message>
        <source>Classes of the spans in the pool.</source>
        <translation>候选池中片段的类别。</translation>
    </message>
    <message>
        <source>Spans of the pool that the other modalities would name so.</source>
        <translation>候选池中其他模态会这样命名的片段。</translation>
    </message>
    <message>
        <source>Those of them that became pseudo-labels; the bar is their share.</source>
        <translation>其中成为伪标签的片段；条形表示所占比例。</translation>
    </message>
    <message>
        <source>Of those that people decided: how many they agreed with.</source>
        <translation>在人已裁定的片段中，人认同的有多少。</translation>
    </message>
    <message>
        <source>%1: %2 of %3 accepted; people agreed with %4, turned down %5, and have %6 before them</source>
        <translation>%1：%3 个中接受了 %2 个；人认同 %4 个，否定 %5 个，还有 %6 个待裁定</translation>
    </message>
</context>
<context>
    <name>RoundLane</name>
    <message>
        <source>Former proposals</source>
        <translation>先前的提议</translation>
    </message>
    <message>
        <source>&lt;p&gt;Pseudo-labels of the two compared rounds where the project has no span any more.&lt;/p&gt;</source>
        <translation>&lt;p&gt;所比较两轮中的伪标签，项目中该处已没有片段。&lt;/p&gt;</translation>
    </message>
</context>
<context>
    <name>RoundTexts</name>
    <message>
        <source>kept</source>
        <translation>保留</translation>
    </message>
    <message>
        <source>new</source>
        <translation>新增</translation>
    </message>
    <message>
        <source>dropped</source>
        <translation>放弃</translation>
    </message>
    <message>
        <source>relabelled</source>
        <translation>改名</translation>
    </message>
    <message>
        <source>moved</source>
        <translation>移动</translation>
    </message>
    <message>
        <source>The pseudo-labels gather in few classes</source>
        <translation>伪标签集中在少数类别</translation>
    </message>
    <message>
        <source>They are as varied as %1 equally frequent classes, after %2 in the first round. What people labelled is as varied as %3.</source>
        <translation>它们的多样性相当于 %1 个同样频繁的类别，第一轮为 %2 个。人的标注相当于 %3 个。</translation>
    </message>
    <message>
        <source>Review rare classes first (&quot;Tail hunt&quot; in the review list), train on what you have decided, then adapt again.</source>
        <translation>请先审阅少见的类别（审阅列表中的“长尾搜寻”），用已裁定的内容训练，然后再次适应。</translation>
    </message>
    <message>
        <source>More is accepted, and less of it is right</source>
        <translation>接受得更多，正确的却更少</translation>
    </message>
    <message>
        <source>Reject what is wrong before you retrain, and adapt with fewer rounds or higher thresholds (&quot;cmpl&quot; in the recipe).</source>
        <translation>重新训练之前请先否定错误的伪标签，并用更少的轮数或更高的阈值（配方中的“cmpl”）来适应。</translation>
    </message>
    <message>
        <source>Frequent classes are accepted far more often than rare ones</source>
        <translation>常见类别被接受的比例远高于少见类别</translation>
    </message>
    <message>
        <source>Label more spans of the rare classes (&quot;Tail hunt&quot; in the review list), train, then adapt again.</source>
        <translation>请多标注少见类别的片段（审阅列表中的“长尾搜寻”），训练后再次适应。</translation>
    </message>
    <message>
        <source>Suggestions are waved through</source>
        <translation>建议被不加细看地通过</translation>
    </message>
    <message>
        <source>Look again at spans that were accepted in bulk, and work in the order &quot;Random audit&quot; for a while.</source>
        <translation>请重新查看批量接受的片段，并暂时按“随机抽查”的顺序工作。</translation>
    </message>
    <message>
        <source>%1 grows though people turn it down</source>
        <translation>“%1”在增长，尽管人在否定它</translation>
    </message>
    <message>
        <source>Decide the rest of this class before you retrain: what is wrong in it teaches the models that they are right.</source>
        <translation>重新训练之前请裁定该类别的其余片段：其中的错误会让模型以为自己是对的。</translation>
    </message>
    <message>
        <source>Adaptation %1, round %2</source>
        <translation>第 %1 次适应，第 %2 轮</translation>
    </message>
    <message>
        <source>transductive</source>
        <translation>直推式</translation>
    </message>
    <message>
        <source>inductive</source>
        <translation>归纳式</translation>
    </message>
    <message>
        <source>Learns from the very spans that are evaluated, without their labels. Scores are marked as transductive: they say nothing about spans it has not seen.</source>
        <translation>从被评测的片段本身学习，但不看其标签。分数会标为直推式：它们不能说明系统在未见过的片段上的表现。</translation>
    </message>
    <message>
        <source>Learns from other spans of the same people; what is evaluated stays unseen. The choice for figures that hold for new spans.</source>
        <translation>从同一批人的其他片段学习；被评测的片段保持未见。若希望数字对新片段也成立，请选此项。</translation>
    </message>
    <message>
        <source>There is nothing to adapt: the project has no Track 1 system. Train one on its decided spans: telltale-cli train PROJECT --system track1</source>
        <translation>没有可适应的系统：项目中还没有 Track 1 系统。请用已裁定的片段训练一个：telltale-cli train PROJECT --system track1</translation>
    </message>
    <message>
        <source>The system in use is an adapted one. Adapting starts from an unadapted system, so that its figures stand beside: train one, or go back to it.</source>
        <translation>正在使用的系统已是适应过的。适应须从未适应的系统开始，以便并列其数字：请训练一个，或换回原来的系统。</translation>
    </message>
    <message>
        <source>unknown: nothing was accepted</source>
        <translation>未知：没有接受任何片段</translation>
    </message>
    <message>
        <source>unknown: none of them is an audit item. Raise the share of audit items in the weights of the review list.</source>
        <translation>未知：其中没有抽查项。请在审阅列表的权重中提高抽查项的比例。</translation>
    </message>
    <message>
        <source>%1 accepted, %2 rejected, %3 renamed, %4 open</source>
        <translation>接受 %1，否定 %2，改名 %3，待裁定 %4</translation>
    </message>
    <message>
        <source>, %1 skipped or flagged</source>
        <translation>，跳过或标记 %1</translation>
    </message>
    <message>
        <source>%1 and %2: %3</source>
        <translation>%1 与 %2：%3</translation>
    </message>
    <message numerus="yes">
        <source>%1 of the pool was accepted, after %2 in the first round; of %n audit item(s) %3 were right, after %4.</source>
        <translation>
            <numerusform>候选池的 %1 被接受，第一轮为 %2；%n 个抽查项中 %3 正确，此前为 %4。</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%1 of the spans that would be named a frequent class became pseudo-labels, but %2 of %n span(s) that would be named a rare one.</source>
        <translation>
            <numerusform>会被命名为常见类别的片段有 %1 成为伪标签，而会被命名为少见类别的 %n 个片段只有 %2。</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>People agreed with %1 of what the review list put forward, but with %2 of %n audit item(s), which are drawn at random.</source>
        <translation>
            <numerusform>对审阅列表推荐的内容，人认同 %1；而对随机抽取的 %n 个抽查项，只认同 %2。</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%1 pseudo-labels after %2 in the round before; of %n that people decided they turned down %3.</source>
        <translation>
            <numerusform>有 %1 个伪标签，上一轮为 %2 个；人已裁定 %n 个，其中否定了 %3。</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%1 right (%2 to %3), estimated from %n audit item(s)</source>
        <translation>
            <numerusform>%1 正确（%2 至 %3），由 %n 个抽查项估计</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>unknown: none of its %n audit item(s) is decided yet. Choose the order &quot;Random audit&quot; in the review list and decide some.</source>
        <translation>
            <numerusform>未知：其 %n 个抽查项都还没有裁定。请在审阅列表中选择“随机抽查”的顺序并裁定一些。</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>nobody has decided any of them yet (%n open)</source>
        <translation>
            <numerusform>还没有人裁定过（%n 个待裁定）</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>telltale::RoundView</name>
    <message>
        <source>%1 of %2 spans accepted (%3), %4</source>
        <translation>%2 个片段中接受 %1 个（%3），%4</translation>
    </message>
    <message numerus="yes">
        <source>; %n more had been decided by people before</source>
        <translation>
            <numerusform>；另有 %n 个此前已由人裁定</numerusform>
        </translation>
    </message>
    <message>
        <source>%1 learns from %2</source>
        <translation>%1 从 %2 个学习</translation>
    </message>
    <message>
        <source>Pool</source>
        <translation>候选池</translation>
    </message>
    <message>
        <source>Spans that nobody decided, and how many of them became pseudo-labels: the other modalities agree, and are sure enough.</source>
        <translation>无人裁定的片段，以及其中有多少成为伪标签：其他模态一致，且足够确信。</translation>
    </message>
    <message>
        <source>Precision</source>
        <translation>准确率</translation>
    </message>
    <message>
        <source>How many of the pseudo-labels are right, from those that were drawn at random and that people decided; in brackets the 95 % interval.</source>
        <translation>伪标签中有多少是正确的，由随机抽取并经人裁定的部分得出；括号内为 95 % 区间。</translation>
    </message>
    <message>
        <source>People</source>
        <translation>人工</translation>
    </message>
    <message>
        <source>What people decided about the pseudo-labels of this round.</source>
        <translation>人对这一轮伪标签的裁定。</translation>
    </message>
    <message>
        <source>Agreement</source>
        <translation>一致性</translation>
    </message>
    <message>
        <source>Share of the pool on which two modalities name the same class.</source>
        <translation>两个模态给出同一类别的候选池比例。</translation>
    </message>
</context>
<context>
    <name>telltale::BirthPage</name>
    <message>
        <source>Cop&amp;y as text</source>
        <translation>复制为文本(&amp;Y)</translation>
    </message>
    <message>
        <source>What each modality said</source>
        <translation>各模态的判断</translation>
    </message>
    <message>
        <source>Modality</source>
        <translation>模态</translation>
    </message>
    <message>
        <source>Says</source>
        <translation>判断</translation>
    </message>
    <message>
        <source>Raw</source>
        <translation>原始</translation>
    </message>
    <message>
        <source>Calibrated</source>
        <translation>校准后</translation>
    </message>
    <message>
        <source>Vote</source>
        <translation>投票</translation>
    </message>
    <message>
        <source>As the network gave it: its probability before calibration, or the bare number (logit) where no more was kept</source>
        <translation>网络的直接输出：校准前的概率；若未保留更多数据，则为原始数值（logit）</translation>
    </message>
    <message>
        <source>The probability after calibration: of spans like this so many are right</source>
        <translation>校准后的概率：此类片段中有这么大比例是正确的</translation>
    </message>
    <message>
        <source>Limits, models and recipe</source>
        <translation>阈值、模型与配方</translation>
    </message>
    <message>
        <source>Copies this page as text with a table</source>
        <translation>将本页复制为带表格的文本</translation>
    </message>
    <message>
        <source>%1 voted for the label.</source>
        <translation>%1 投票支持该标签。</translation>
    </message>
    <message>
        <source>%1 did not vote for the label.</source>
        <translation>%1 没有投票支持该标签。</translation>
    </message>
    <message>
        <source>Its weight: %1</source>
        <translation>其权重：%1</translation>
    </message>
    <message>
        <source>voted for it</source>
        <translation>投票支持</translation>
    </message>
    <message>
        <source>did not vote for it</source>
        <translation>未投票支持</translation>
    </message>
</context>
<context>
    <name>BirthText</name>
    <message>
        <source>each modality was judged by what the others say of the span</source>
        <translation>由其他模态对该片段的判断来评判每个模态</translation>
    </message>
    <message>
        <source>modalities taught each other in rounds on unlabelled clips</source>
        <translation>各模态在未标注片段上逐轮互相教学</translation>
    </message>
    <message>
        <source>a detector that looks through the whole video found it</source>
        <translation>由通览整个视频的检测器找到</translation>
    </message>
    <message>
        <source>Least probability</source>
        <translation>最低概率</translation>
    </message>
    <message>
        <source>Least probability for this class</source>
        <translation>该类别的最低概率</translation>
    </message>
    <message>
        <source>Least score for this class</source>
        <translation>该类别的最低得分</translation>
    </message>
    <message>
        <source>Least lead over the second class</source>
        <translation>对第二类别的最小领先</translation>
    </message>
    <message>
        <source>Lead over the second class</source>
        <translation>对第二类别的领先</translation>
    </message>
    <message>
        <source>Modalities that have to agree</source>
        <translation>需要一致的模态数</translation>
    </message>
    <message>
        <source>Probability by the teachers</source>
        <translation>教师给出的概率</translation>
    </message>
    <message>
        <source>Teachers that voted for it</source>
        <translation>投票支持的教师数</translation>
    </message>
    <message>
        <source>Teachers asked</source>
        <translation>参与的教师数</translation>
    </message>
    <message>
        <source>Weight as an example</source>
        <translation>作为样本的权重</translation>
    </message>
    <message>
        <source>Clips of the class that passed</source>
        <translation>该类别通过的片段数</translation>
    </message>
    <message>
        <source>Clips of the class that were kept</source>
        <translation>该类别保留的片段数</translation>
    </message>
    <message>
        <source>Made by hand. No model had a part in it.</source>
        <translation>手工创建，没有模型参与。</translation>
    </message>
    <message>
        <source>Made by hand; last changed by %1. No model had a part in it.</source>
        <translation>手工创建；最后由 %1 更改。没有模型参与。</translation>
    </message>
    <message>
        <source>Imported as a proposal from %1. How it came to be there is not known here.</source>
        <translation>作为提议从 %1 导入。它在那里如何产生，这里无从得知。</translation>
    </message>
    <message>
        <source>Imported with its label. No model of this project had a part in it.</source>
        <translation>连同标签一起导入。本项目的模型没有参与。</translation>
    </message>
    <message>
        <source>A model proposed it; its numbers are not here (any more).</source>
        <translation>由模型提出；其数值（已）不在此处。</translation>
    </message>
    <message>
        <source>A model proposed it and left no record of how.</source>
        <translation>由模型提出，但没有留下产生过程的记录。</translation>
    </message>
    <message>
        <source>A pseudo-label of round %1: &quot;%2&quot;.</source>
        <translation>第 %1 轮的伪标签：“%2”。</translation>
    </message>
    <message>
        <source>A pseudo-label: the modalities agreed on &quot;%1&quot;.</source>
        <translation>伪标签：各模态一致认为是“%1”。</translation>
    </message>
    <message>
        <source>A proposal: the modalities did not agree enough for a pseudo-label.</source>
        <translation>提议：各模态的一致程度不足以成为伪标签。</translation>
    </message>
    <message>
        <source>How: %1.</source>
        <translation>方式：%1。</translation>
    </message>
    <message>
        <source>Voted for it: %1 (%2 of %3).</source>
        <translation>投票支持：%1（%3 个中的 %2 个）。</translation>
    </message>
    <message>
        <source>It was to teach: %1; that one had no vote.</source>
        <translation>用于教学：%1；它没有投票权。</translation>
    </message>
    <message>
        <source>Transductive: the models had adapted to the very clips that they score, without their labels. Compare such scores with none from models that had not.</source>
        <translation>直推式：模型曾在被评分的片段本身上（不使用其标签）自适应。此类得分不可与未自适应模型的得分相比较。</translation>
    </message>
    <message>
        <source>Inductive: the models had adapted to other, unlabelled clips of the same people.</source>
        <translation>归纳式：模型曾在同一批人的其他未标注片段上自适应。</translation>
    </message>
    <message>
        <source>Since then renamed: &quot;%1&quot; became &quot;%2&quot;.</source>
        <translation>此后改名：“%1”改为“%2”。</translation>
    </message>
    <message>
        <source>Since then moved: frames %1 to %2 when it was proposed, %3 to %4 now.</source>
        <translation>此后移动：提出时为第 %1 至 %2 帧，现为第 %3 至 %4 帧。</translation>
    </message>
    <message>
        <source>Model</source>
        <translation>模型</translation>
    </message>
    <message>
        <source>Weights, %1</source>
        <translation>权重，%1</translation>
    </message>
    <message>
        <source>Recipe</source>
        <translation>配方</translation>
    </message>
    <message>
        <source>Score</source>
        <translation>得分</translation>
    </message>
    <message>
        <source>Round</source>
        <translation>轮次</translation>
    </message>
    <message>
        <source>Another model had found the span before.</source>
        <translation>此前由另一个模型找到该片段。</translation>
    </message>
    <message>
        <source>Detector: %1</source>
        <translation>检测器：%1</translation>
    </message>
    <message>
        <source>Run</source>
        <translation>运行</translation>
    </message>
    <message>
        <source>Modality</source>
        <translation>模态</translation>
    </message>
    <message>
        <source>Says</source>
        <translation>判断</translation>
    </message>
    <message>
        <source>Raw</source>
        <translation>原始</translation>
    </message>
    <message>
        <source>Calibrated</source>
        <translation>校准后</translation>
    </message>
    <message>
        <source>Weight</source>
        <translation>权重</translation>
    </message>
    <message>
        <source>Voted for it</source>
        <translation>投票支持</translation>
    </message>
    <message>
        <source>yes</source>
        <translation>是</translation>
    </message>
    <message>
        <source>no</source>
        <translation>否</translation>
    </message>
</context>
<context>
    <name>ClassCard</name>
    <message>
        <source>Head</source>
        <translation>头部</translation>
    </message>
    <message>
        <source>Head and hand</source>
        <translation>头与手</translation>
    </message>
    <message>
        <source>Body</source>
        <translation>躯干</translation>
    </message>
    <message>
        <source>Body and hand</source>
        <translation>躯干与手</translation>
    </message>
    <message>
        <source>Hand</source>
        <translation>手</translation>
    </message>
    <message>
        <source>Family: %1</source>
        <translation>类属：%1</translation>
    </message>
    <message>
        <source>The label scheme does not define it.</source>
        <translation>标签方案没有给出定义。</translation>
    </message>
    <message>
        <source>&lt;i&gt;Starts:&lt;/i&gt; %1</source>
        <translation>&lt;i&gt;开始：&lt;/i&gt;%1</translation>
    </message>
    <message>
        <source>&lt;i&gt;Ends:&lt;/i&gt; %1</source>
        <translation>&lt;i&gt;结束：&lt;/i&gt;%1</translation>
    </message>
    <message>
        <source>When it starts and ends is not written down yet: Project, Label scheme is the place.</source>
        <translation>尚未写明何时开始与结束：请在“项目”、“标签方案”中填写。</translation>
    </message>
</context>
<context>
    <name>telltale::ClassPage</name>
    <message>
        <source>Nearest confirmed examples of other people</source>
        <translation>其他人的最近似已确认示例</translation>
    </message>
    <message>
        <source>This span</source>
        <translation>该片段</translation>
    </message>
    <message>
        <source>no class</source>
        <translation>无类别</translation>
    </message>
    <message>
        <source>The span&apos;s own class: %1</source>
        <translation>该片段自身的类别：%1</translation>
    </message>
    <message>
        <source>Candidate %1: %2</source>
        <translation>候选 %1：%2</translation>
    </message>
    <message>
        <source>The span has no class yet.</source>
        <translation>该片段尚无类别。</translation>
    </message>
    <message>
        <source>cosine %1, %2</source>
        <translation>余弦 %1，%2</translation>
    </message>
    <message>
        <source>%1 alike, %2</source>
        <translation>相似度 %1，%2</translation>
    </message>
    <message>
        <source>Loading...</source>
        <translation>正在加载...</translation>
    </message>
</context>
<context>
    <name>telltale::ExampleFinder</name>
    <message>
        <source>The span has no class yet, so there is nothing to compare it with.</source>
        <translation>该片段尚无类别，因此没有可比较的内容。</translation>
    </message>
    <message>
        <source>Nobody has confirmed another span of &quot;%1&quot; yet: accept one, and it is shown here.</source>
        <translation>还没有人确认过“%1”的其他片段：接受一个，它就会显示在这里。</translation>
    </message>
    <message>
        <source>All confirmed spans of &quot;%1&quot; are of this same person. Examples of other people are shown here once there are some.</source>
        <translation>“%1”的所有已确认片段都属于同一个人。有了其他人的示例后会显示在这里。</translation>
    </message>
    <message>
        <source>Nearest by what the networks make of the clip (cosine of their embeddings).</source>
        <translation>按网络对片段的表示取最近者（嵌入向量的余弦）。</translation>
    </message>
    <message>
        <source>Nearest by length and class scores: the models left no embeddings to compare.</source>
        <translation>按时长与类别得分取最近者：模型没有留下可比较的嵌入向量。</translation>
    </message>
</context>
<context>
    <name>telltale::ScoresPage</name>
    <message>
        <source>No model has said anything of this span.</source>
        <translation>没有模型对该片段作出判断。</translation>
    </message>
    <message>
        <source>Probabilities by class and modality</source>
        <translation>各类别与模态的概率</translation>
    </message>
    <message>
        <source>Detector</source>
        <translation>检测器</translation>
    </message>
    <message>
        <source>What found the span: is it a gesture?</source>
        <translation>找到该片段的模型：这是不是一个手势？</translation>
    </message>
    <message>
        <source>Ensemble</source>
        <translation>集成</translation>
    </message>
    <message>
        <source>What named it: the vote of all that looked at the clip.</source>
        <translation>为其命名的模型：所有看过该片段的模型的投票。</translation>
    </message>
    <message>
        <source>Together</source>
        <translation>综合</translation>
    </message>
    <message>
        <source>The product of both scores.</source>
        <translation>两个得分的乘积。</translation>
    </message>
    <message>
        <source>a gesture</source>
        <translation>是手势</translation>
    </message>
    <message>
        <source>has not named it</source>
        <translation>尚未命名</translation>
    </message>
    <message>
        <source>Detector and ensemble name different classes.</source>
        <translation>检测器与集成给出的类别不同。</translation>
    </message>
    <message>
        <source>Class</source>
        <translation>类别</translation>
    </message>
    <message>
        <source>Now</source>
        <translation>现在</translation>
    </message>
    <message>
        <source>What the heads that were retrained since say of it. The list goes by that.</source>
        <translation>此后再训练过的分类头对它的判断。列表以此为准。</translation>
    </message>
</context>
<context>
    <name>SpanEditText</name>
    <message>
        <source>frames %1 to %2</source>
        <translation>第 %1 至 %2 帧</translation>
    </message>
    <message>
        <source>The span is there again</source>
        <translation>片段重新出现</translation>
    </message>
    <message>
        <source>Split off from another span, %1</source>
        <translation>从另一片段拆出，%1</translation>
    </message>
    <message>
        <source>Proposed by a model as %1, %2</source>
        <translation>由模型提出为%1，%2</translation>
    </message>
    <message>
        <source>Imported as %1, %2</source>
        <translation>导入为%1，%2</translation>
    </message>
    <message>
        <source>Created as %1, %2</source>
        <translation>创建为%1，%2</translation>
    </message>
    <message>
        <source>The span is gone again</source>
        <translation>片段再次消失</translation>
    </message>
    <message>
        <source>Merged into another span</source>
        <translation>并入另一片段</translation>
    </message>
    <message>
        <source>Replaced by a newer run</source>
        <translation>被更新的运行取代</translation>
    </message>
    <message>
        <source>Removed</source>
        <translation>已删除</translation>
    </message>
    <message>
        <source>relabelled %1 → %2</source>
        <translation>类别由%1改为%2</translation>
    </message>
    <message>
        <source>open again</source>
        <translation>重新待定</translation>
    </message>
    <message>
        <source>now person %1</source>
        <translation>现为人物 %1</translation>
    </message>
    <message>
        <source>scores of another run</source>
        <translation>换用另一次运行的得分</translation>
    </message>
    <message>
        <source>moved to another layer</source>
        <translation>移到另一层</translation>
    </message>
    <message>
        <source>split in two</source>
        <translation>一分为二</translation>
    </message>
    <message>
        <source>touched without a visible change</source>
        <translation>有改动但无可见变化</translation>
    </message>
    <message>
        <source>Undone: %1</source>
        <translation>已撤销：%1</translation>
    </message>
    <message>
        <source>Redone: %1</source>
        <translation>已重做：%1</translation>
    </message>
    <message numerus="yes">
        <source>start moved %n frame(s) later</source>
        <translation>
            <numerusform>起点后移 %n 帧</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>start moved %n frame(s) earlier</source>
        <translation>
            <numerusform>起点前移 %n 帧</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>end moved %n frame(s) later</source>
        <translation>
            <numerusform>终点后移 %n 帧</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>end moved %n frame(s) earlier</source>
        <translation>
            <numerusform>终点前移 %n 帧</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>merged with %n span(s)</source>
        <translation>
            <numerusform>与 %n 个片段合并</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>telltale::SpanHistoryPage</name>
    <message>
        <source>History of the span, newest first</source>
        <translation>片段的历史，最新在前</translation>
    </message>
    <message>
        <source>When</source>
        <translation>时间</translation>
    </message>
    <message>
        <source>Who</source>
        <translation>谁</translation>
    </message>
    <message>
        <source>What</source>
        <translation>内容</translation>
    </message>
    <message>
        <source>Reading...</source>
        <translation>正在读取...</translation>
    </message>
    <message>
        <source>The log does not know the span: it is still being written, or came with a copy.</source>
        <translation>日志中没有该片段：它仍在写入，或来自副本。</translation>
    </message>
    <message>
        <source>%1
%2, entry %3 of the log</source>
        <translation>%1
%2，日志第 %3 条</translation>
    </message>
</context>
<context>
    <name>DisagreementJump</name>
    <message>
        <source>The modalities disagree nowhere in this video.</source>
        <translation>在此视频中各模态没有分歧。</translation>
    </message>
    <message>
        <source>No further peak of disagreement follows.</source>
        <translation>后面没有更多分歧峰值。</translation>
    </message>
    <message>
        <source>No peak of disagreement lies before.</source>
        <translation>前面没有分歧峰值。</translation>
    </message>
    <message>
        <source>Disagreement %1, peak %2 of %3.</source>
        <translation>分歧 %1，第 %2 个峰值，共 %3 个。</translation>
    </message>
</context>
<context>
    <name>telltale::LoopTile</name>
    <message>
        <source>marked: accept</source>
        <translation>已标记：接受</translation>
    </message>
    <message>
        <source>marked: reject</source>
        <translation>已标记：拒绝</translation>
    </message>
    <message>
        <source>no span</source>
        <translation>没有片段</translation>
    </message>
</context>
<context>
    <name>telltale::ClassTrendModel</name>
    <message>
        <source>%1: %2, as in use</source>
        <translation>%1：%2，与在用的相同</translation>
    </message>
    <message>
        <source>%1: %2, in use %3, falls by %4</source>
        <translation>%1：%2，在用 %3，下降 %4</translation>
    </message>
    <message>
        <source>%1: %2, in use %3, rises by %4</source>
        <translation>%1：%2，在用 %3，上升 %4</translation>
    </message>
    <message>
        <source>%1 (forgotten)</source>
        <translation>%1（已遗忘）</translation>
    </message>
    <message>
        <source>Measured on %1 examples of it</source>
        <translation>以该类的 %1 个样本测得</translation>
    </message>
</context>
<context>
    <name>telltale::ClassTrendView</name>
    <message>
        <source>Largest loss first</source>
        <translation>下降最多的在前</translation>
    </message>
    <message>
        <source>Most examples first</source>
        <translation>样本最多的在前</translation>
    </message>
    <message>
        <source>Order of the classes</source>
        <translation>类别的顺序</translation>
    </message>
    <message>
        <source>Largest loss first: against the heads in use</source>
        <translation>下降最多的在前：与正在使用的分类头相比</translation>
    </message>
    <message>
        <source>F1 per class</source>
        <translation>每类 F1</translation>
    </message>
    <message>
        <source>Line: the new heads, one after the other, epoch by epoch. Dashes: the heads in use.</source>
        <translation>实线：各新分类头逐轮的结果。虚线：正在使用的分类头。</translation>
    </message>
</context>
<context>
    <name>telltale::ForgettingNotice</name>
    <message>
        <source>A class is forgotten when its F1 falls by more than %1 on at least %2 held-out examples of it.</source>
        <translation>若某类至少有 %2 个留出样本且 F1 下降超过 %1，即视为遗忘。</translation>
    </message>
    <message>
        <source>The new heads forget what those in use know:</source>
        <translation>新分类头遗忘了在用分类头已掌握的类别：</translation>
    </message>
    <message>
        <source>So far the new head for %1 forgets:</source>
        <translation>目前 %1 的新分类头遗忘了：</translation>
    </message>
    <message>
        <source>%1: F1 from %2 to %3, on %4 examples</source>
        <translation>%1：F1 从 %2 到 %3，依据 %4 个样本</translation>
    </message>
    <message>
        <source>and further classes: %1</source>
        <translation>另有类别数：%1</translation>
    </message>
</context>
<context>
    <name>telltale::WhatIfModel</name>
    <message>
        <source>%1 of %2 → %3</source>
        <translation>%2 → %3：%1 个</translation>
    </message>
    <message>
        <source>%1 of %2: agreed on from now on</source>
        <translation>%2：%1 个从此达成一致</translation>
    </message>
    <message>
        <source>%1 of %2: no longer agreed on</source>
        <translation>%2：%1 个不再一致</translation>
    </message>
    <message>
        <source>%1, %2: %3 → %4</source>
        <translation>%1，%2：%3 → %4</translation>
    </message>
    <message>
        <source>Goes to the span</source>
        <translation>转到该片段</translation>
    </message>
</context>
<context>
    <name>telltale::WhatIfView</name>
    <message>
        <source>Progress of the comparison</source>
        <translation>比较进度</translation>
    </message>
    <message>
        <source>Open proposals that would change</source>
        <translation>会改变的待审建议</translation>
    </message>
    <message>
        <source>Enter or a click on a span goes there</source>
        <translation>按回车或点击片段即可转到</translation>
    </message>
    <message>
        <source>Comparing what the new heads say of the open proposals...</source>
        <translation>正在比较新分类头对待审建议的判断…</translation>
    </message>
    <message>
        <source>The comparison was stopped.</source>
        <translation>比较已停止。</translation>
    </message>
    <message>
        <source>There are no open proposals to compare.</source>
        <translation>没有可比较的待审建议。</translation>
    </message>
    <message>
        <source>Nothing would change (open proposals compared: %1).</source>
        <translation>不会有变化（已比较待审建议：%1）。</translation>
    </message>
    <message>
        <source>Of %1 open proposals %2 would get another name, and the modalities would agree otherwise on %3. What you decided stays.</source>
        <translation>在 %1 个待审建议中，%2 个会改名，%3 个的模态一致性会改变。您已决定的保持不变。</translation>
    </message>
    <message>
        <source>After a retraining: which open proposals the new heads would name otherwise.</source>
        <translation>再训练之后：新分类头会改名的待审建议。</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>停止</translation>
    </message>
    <message>
        <source>Compare</source>
        <translation>比较</translation>
    </message>
    <message>
        <source>Stops the comparison</source>
        <translation>停止比较</translation>
    </message>
    <message>
        <source>Compares the new heads with those in use</source>
        <translation>将新分类头与正在使用的比较</translation>
    </message>
</context>
<context>
    <name>telltale::SprintDialog</name>
    <message>
        <source>Tail sprint</source>
        <translation>尾部类别冲刺</translation>
    </message>
    <message>
        <source>Class</source>
        <translation>类别</translation>
    </message>
    <message>
        <source>Classes with proposals that wait, the rarest first</source>
        <translation>有待定提议的类别，最稀有者在前</translation>
    </message>
    <message>
        <source>&amp;Class:</source>
        <translation>类别(&amp;C)：</translation>
    </message>
    <message>
        <source>S&amp;keletons alone</source>
        <translation>仅骨架(&amp;K)</translation>
    </message>
    <message>
        <source>Without the person&apos;s picture</source>
        <translation>不显示人物画面</translation>
    </message>
    <message>
        <source>1-9 or a click: right. Shift+1-9 or the right button: wrong; A and X mark the tile with the focus, arrows move it. Enter decides the page and brings the next, what is unmarked stays open. Ctrl+Z takes the page back, Esc leaves.</source>
        <translation>1-9 或单击：正确。Shift+1-9 或右键：错误；A 与 X 标记有焦点的格子，方向键移动焦点。Enter 判定本页并显示下一页，未标记的保持待定。Ctrl+Z 撤回本页，Esc 退出。</translation>
    </message>
    <message>
        <source>&amp;Decide this page</source>
        <translation>判定本页(&amp;D)</translation>
    </message>
    <message>
        <source>Accepts and rejects what is marked, in one step of undo (Enter)</source>
        <translation>接受并拒绝已标记的内容，作为一步撤销 (Enter)</translation>
    </message>
    <message>
        <source>&amp;Take the page back</source>
        <translation>撤回本页(&amp;T)</translation>
    </message>
    <message>
        <source>Undoes the last page and shows it again (Ctrl+Z)</source>
        <translation>撤销上一页并重新显示 (Ctrl+Z)</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
    <message>
        <source>Leaves the sprint; what is marked on this page is not decided (Esc)</source>
        <translation>退出冲刺；本页的标记不会生效 (Esc)</translation>
    </message>
    <message>
        <source>%1: %2 wait, %3 confirmed</source>
        <translation>%1：%2 个待定，%3 个已确认</translation>
    </message>
    <message>
        <source>This proposal is gone.</source>
        <translation>该提议已不存在。</translation>
    </message>
    <message>
        <source>decided meanwhile</source>
        <translation>其间已被判定</translation>
    </message>
    <message>
        <source>%1, %2</source>
        <translation>%1，%2</translation>
    </message>
    <message>
        <source>Loading...</source>
        <translation>正在加载...</translation>
    </message>
    <message>
        <source>No proposal waits for a decision.</source>
        <translation>没有待定的提议。</translation>
    </message>
    <message numerus="yes">
        <source>All proposals of this class were gone through, %n decided. Choose another class, or close.</source>
        <translation>
            <numerusform>该类别的提议已全部看过，判定了 %n 个。请选择另一类别或关闭。</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Accept %1, reject %2, leave %3 open; %n more to come.</source>
        <translation>
            <numerusform>接受 %1，拒绝 %2，保留待定 %3；还有 %n 个。</numerusform>
        </translation>
    </message>
    <message>
        <source>%1 to %2 of %3</source>
        <translation>第 %1 至 %2 个，共 %3 个</translation>
    </message>
</context>
<context>
    <name>ClassList</name>
    <message>
        <source>Line %1 repeats &quot;%2&quot;.</source>
        <translation>第 %1 行重复了“%2”。</translation>
    </message>
</context>
<context>
    <name>FirstProject</name>
    <message>
        <source>The project is there. Import its skeletons when you have them; spans can be marked by hand meanwhile.</source>
        <translation>项目已建好。有了骨架后请导入；其间可手动标记片段。</translation>
    </message>
    <message>
        <source>Import...</source>
        <translation>导入...</translation>
    </message>
    <message>
        <source>The project is there. I and O mark where a gesture begins and ends, Enter makes a span of it.</source>
        <translation>项目已建好。I 和 O 标记姿势的起点和终点，Enter 建立片段。</translation>
    </message>
</context>
<context>
    <name>telltale::LabelsPage</name>
    <message>
        <source>&amp;SMG: 17 gestures of people who stand and talk</source>
        <translation>&amp;SMG：站立交谈者的 17 种姿势</translation>
    </message>
    <message>
        <source>&amp;iMiGUE: 32 gestures of people who sit in interviews</source>
        <translation>&amp;iMiGUE：坐姿受访者的 32 种姿势</translation>
    </message>
    <message>
        <source>Classes of your &amp;own, one name a line:</source>
        <translation>自定义类别，每行一个名称(&amp;O)：</translation>
    </message>
    <message>
        <source>&amp;Load a list...</source>
        <translation>载入列表(&amp;L)...</translation>
    </message>
    <message>
        <source>Labels</source>
        <translation>标签</translation>
    </message>
    <message>
        <source>Which gestures are told apart? Classes can be added later, and their colours, keys and definitions changed, in Project &gt; Label scheme.</source>
        <translation>要区分哪些姿势？以后可在“项目 &gt; 标签方案”中添加类别，并更改其颜色、按键和定义。</translation>
    </message>
    <message>
        <source>Names of your own classes</source>
        <translation>自定义类别的名称</translation>
    </message>
    <message>
        <source>One class a line. Numbers before names are left out. Empty: imports bring classes</source>
        <translation>每行一个类别。名称前的编号会被忽略。留空：由导入带来类别</translation>
    </message>
    <message>
        <source>Load names from a text file, or a whole label scheme from a .json file</source>
        <translation>从文本文件载入名称，或从 .json 文件载入整个标签方案</translation>
    </message>
    <message>
        <source>List of classes</source>
        <translation>类别列表</translation>
    </message>
    <message>
        <source>Lists and label schemes (*.txt *.csv *.json);;All files (*)</source>
        <translation>列表和标签方案 (*.txt *.csv *.json);;所有文件 (*)</translation>
    </message>
    <message>
        <source>%1 is too large for a list of classes.</source>
        <translation>%1 太大，不像是类别列表。</translation>
    </message>
    <message numerus="yes">
        <source>%n classes, such as %1. Names that are not among them are refused on import.</source>
        <translation>
            <numerusform>%n 个类别，例如 %1。导入时会拒绝不在其中的名称。</numerusform>
        </translation>
    </message>
    <message>
        <source>No class yet: imports bring them, or they are added later.</source>
        <translation>还没有类别：由导入带来，或以后添加。</translation>
    </message>
    <message numerus="yes">
        <source>%n class(es) of your own; imports add more.</source>
        <translation>
            <numerusform>%n 个自定义类别；导入会继续添加。</numerusform>
        </translation>
    </message>
    <message>
        <source>Touching the neck
Rubbing the hands
...</source>
        <translation>触摸颈部
搓手
...</translation>
    </message>
</context>
<context>
    <name>telltale::NewProjectWizard</name>
    <message>
        <source>New project from videos</source>
        <translation>从视频新建项目</translation>
    </message>
    <message>
        <source>&amp;Create project</source>
        <translation>创建项目(&amp;C)</translation>
    </message>
    <message>
        <source>Skeletons: %1 finds them, and gestures are proposed, in the background.</source>
        <translation>骨架：由 %1 在后台找出，并提出姿势建议。</translation>
    </message>
    <message>
        <source>Skeletons: you import them later.</source>
        <translation>骨架：以后导入。</translation>
    </message>
    <message>
        <source>Skeletons: none.</source>
        <translation>骨架：无。</translation>
    </message>
    <message numerus="yes">
        <source>%n video(s)</source>
        <translation>
            <numerusform>%n 个视频</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n subject(s)</source>
        <translation>
            <numerusform>%n 位受试者</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n class(es)</source>
        <translation>
            <numerusform>%n 个类别</numerusform>
        </translation>
    </message>
    <message>
        <source>Making the project</source>
        <translation>正在创建项目</translation>
    </message>
    <message>
        <source>Stopped: nothing of the project is left. Create it again, or close this window.</source>
        <translation>已停止：没有留下任何项目内容。可再次创建，或关闭此窗口。</translation>
    </message>
</context>
<context>
    <name>telltale::PlacePage</name>
    <message>
        <source>Project folder</source>
        <translation>项目文件夹</translation>
    </message>
    <message>
        <source>Place</source>
        <translation>位置</translation>
    </message>
    <message>
        <source>The project is a folder of its own with what you decide and what is computed. The videos stay where they are.</source>
        <translation>项目是一个单独的文件夹，存放您的判断和计算结果。视频保留在原处。</translation>
    </message>
    <message>
        <source>&amp;Project folder:</source>
        <translation>项目文件夹(&amp;P)：</translation>
    </message>
    <message>
        <source>Progress of making the project</source>
        <translation>创建项目的进度</translation>
    </message>
    <message>
        <source>There is something in this folder already: choose an empty one, or a new one.</source>
        <translation>此文件夹中已有内容：请选择空文件夹或新文件夹。</translation>
    </message>
</context>
<context>
    <name>telltale::PosePage</name>
    <message>
        <source>&amp;Find them with a pose model</source>
        <translation>用姿态模型找出(&amp;F)</translation>
    </message>
    <message>
        <source>&amp;Import them later</source>
        <translation>以后导入(&amp;I)</translation>
    </message>
    <message>
        <source>&amp;Without skeletons</source>
        <translation>不用骨架(&amp;W)</translation>
    </message>
    <message>
        <source>Pose model</source>
        <translation>姿态模型</translation>
    </message>
    <message>
        <source>Skeletons</source>
        <translation>骨架</translation>
    </message>
    <message>
        <source>Gestures are found by how body and hands move. Where do the skeletons come from? This can be changed at any time.</source>
        <translation>姿势是根据身体和手的运动找到的。骨架从哪里来？以后可随时更改。</translation>
    </message>
    <message>
        <source>A file...</source>
        <translation>文件...</translation>
    </message>
    <message>
        <source>Models that are installed, or a file of your own</source>
        <translation>已安装的模型，或您自己的文件</translation>
    </message>
    <message>
        <source>As soon as the project is made, the model looks at every picture in the background, and then gestures are proposed. You can begin to look at the videos meanwhile.</source>
        <translation>项目建好后，模型会在后台查看每一帧画面，然后提出姿势建议。其间您可以先看视频。</translation>
    </message>
    <message>
        <source>No model is installed here: choose the file of one.</source>
        <translation>此处没有安装模型：请选择一个模型文件。</translation>
    </message>
    <message>
        <source>You have them already, from OpenPose, COCO or others, or will make them elsewhere: File &gt; Import reads them, and Models &gt; Analyze then proposes gestures.</source>
        <translation>您已有 OpenPose、COCO 等格式的骨架，或将在别处生成：用“文件 &gt; 导入”读取，然后“模型 &gt; 分析”会提出姿势建议。</translation>
    </message>
    <message>
        <source>You mark gestures by hand. Models &gt; Analyze can still propose spans by motion alone, without names.</source>
        <translation>您手动标记姿势。“模型 &gt; 分析”仍可仅凭运动提出片段建议，但没有名称。</translation>
    </message>
    <message>
        <source>&amp;Model:</source>
        <translation>模型(&amp;M)：</translation>
    </message>
    <message>
        <source>Model f&amp;ile:</source>
        <translation>模型文件(&amp;I)：</translation>
    </message>
</context>
<context>
    <name>SubjectRules</name>
    <message>
        <source>What the file&apos;s name begins with, up to _ - . or a space</source>
        <translation>文件名开头，到 _ - . 或空格为止</translation>
    </message>
    <message>
        <source>The first number in the file&apos;s name</source>
        <translation>文件名中的第一个数字</translation>
    </message>
    <message>
        <source>The folder that the file lies in</source>
        <translation>文件所在的文件夹</translation>
    </message>
    <message>
        <source>The whole name of the file</source>
        <translation>整个文件名</translation>
    </message>
</context>
<context>
    <name>telltale::SubjectsPage</name>
    <message>
        <source>The &amp;same subject in all videos:</source>
        <translation>所有视频为同一受试者(&amp;S)：</translation>
    </message>
    <message>
        <source>s1</source>
        <translation>s1</translation>
    </message>
    <message>
        <source>Subjects</source>
        <translation>受试者</translation>
    </message>
    <message>
        <source>Whom does each video show? Subjects keep training and testing apart, so that nobody is in both. All of them begin as training; Project &gt; Subjects changes that.</source>
        <translation>每个视频里是谁？训练和测试按受试者分开，同一人不会同时出现在两边。起初所有人都用于训练，可在“项目 &gt; 受试者”中更改。</translation>
    </message>
    <message>
        <source>A pattern of your own</source>
        <translation>自定义模式</translation>
    </message>
    <message>
        <source>How the subject is told from the path of a video</source>
        <translation>如何从视频路径得出受试者</translation>
    </message>
    <message>
        <source>A regular expression over the path of the file; what is in the first brackets is the subject</source>
        <translation>作用于文件路径的正则表达式；第一个括号中的内容即受试者</translation>
    </message>
    <message>
        <source>Name of the one subject</source>
        <translation>唯一受试者的名称</translation>
    </message>
    <message>
        <source>One name for everything, whatever the files are called</source>
        <translation>无论文件名如何，全部使用同一名称</translation>
    </message>
    <message>
        <source>Subject &amp;is:</source>
        <translation>受试者为(&amp;I)：</translation>
    </message>
    <message>
        <source>&amp;Pattern:</source>
        <translation>模式(&amp;P)：</translation>
    </message>
    <message>
        <source>Subject</source>
        <translation>受试者</translation>
    </message>
    <message>
        <source>Video</source>
        <translation>视频</translation>
    </message>
    <message>
        <source>Subjects of the videos</source>
        <translation>视频的受试者</translation>
    </message>
    <message>
        <source>F2 or a double click changes a subject by hand</source>
        <translation>按 F2 或双击可手动修改受试者</translation>
    </message>
    <message>
        <source>This pattern is no regular expression.</source>
        <translation>此模式不是有效的正则表达式。</translation>
    </message>
    <message numerus="yes">
        <source>%n video(s) have no subject yet: change the rule, or write one in the table.</source>
        <translation>
            <numerusform>%n 个视频还没有受试者：请更改规则，或在表格中填写。</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n subject(s).</source>
        <translation>
            <numerusform>%n 位受试者。</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>telltale::VideoCheck</name>
    <message>
        <source>waits</source>
        <translation>等待中</translation>
    </message>
    <message>
        <source>is being read...</source>
        <translation>正在读取...</translation>
    </message>
    <message>
        <source>Cannot be read: %1</source>
        <translation>无法读取：%1</translation>
    </message>
    <message>
        <source>%1 x %2, %3 frames a second, %4</source>
        <translation>%1 x %2，每秒 %3 帧，%4</translation>
    </message>
    <message>
        <source>File</source>
        <translation>文件</translation>
    </message>
    <message>
        <source>Folder</source>
        <translation>文件夹</translation>
    </message>
    <message>
        <source>What it is</source>
        <translation>内容</translation>
    </message>
</context>
<context>
    <name>telltale::VideosPage</name>
    <message>
        <source>Videos</source>
        <translation>视频</translation>
    </message>
    <message>
        <source>Choose video files or a folder with videos, or drop them here. They stay where they are.</source>
        <translation>选择视频文件或含视频的文件夹，或拖放到这里。视频保留在原处。</translation>
    </message>
    <message>
        <source>Videos of the new project</source>
        <translation>新项目的视频</translation>
    </message>
    <message>
        <source>Delete takes the selected videos off the list</source>
        <translation>按 Delete 将所选视频从列表中移除</translation>
    </message>
    <message>
        <source>Choose &amp;files...</source>
        <translation>选择文件(&amp;F)...</translation>
    </message>
    <message>
        <source>Choose a f&amp;older...</source>
        <translation>选择文件夹(&amp;O)...</translation>
    </message>
    <message>
        <source>&amp;Take off the list</source>
        <translation>从列表中移除(&amp;T)</translation>
    </message>
    <message>
        <source>Add video files</source>
        <translation>添加视频文件</translation>
    </message>
    <message>
        <source>Add all videos in a folder and the folders below it</source>
        <translation>添加文件夹及其子文件夹中的所有视频</translation>
    </message>
    <message>
        <source>Take the selected videos off the list (Delete)</source>
        <translation>将所选视频从列表中移除 (Delete)</translation>
    </message>
    <message>
        <source>All files (*)</source>
        <translation>所有文件 (*)</translation>
    </message>
    <message>
        <source>Folder with videos</source>
        <translation>含视频的文件夹</translation>
    </message>
    <message>
        <source>Reading: %1 of %2 done.</source>
        <translation>正在读取：已完成 %1 / %2。</translation>
    </message>
    <message>
        <source>No video yet.</source>
        <translation>还没有视频。</translation>
    </message>
    <message numerus="yes">
        <source>%n video(s) can be read.</source>
        <translation>
            <numerusform>%n 个视频可以读取。</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n cannot, and will be left out: the list says why.</source>
        <translation>
            <numerusform>%n 个无法读取，将不包含在内：列表中说明了原因。</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Overlays</name>
    <message>
        <source>&amp;Face and head</source>
        <translation>面部和头部(&amp;F)</translation>
    </message>
    <message>
        <source>Tr&amp;unk</source>
        <translation>躯干(&amp;U)</translation>
    </message>
    <message>
        <source>L&amp;eft arm</source>
        <translation>左臂(&amp;E)</translation>
    </message>
    <message>
        <source>Right &amp;arm</source>
        <translation>右臂(&amp;A)</translation>
    </message>
    <message>
        <source>Left ha&amp;nd</source>
        <translation>左手(&amp;N)</translation>
    </message>
    <message>
        <source>Right han&amp;d</source>
        <translation>右手(&amp;D)</translation>
    </message>
    <message>
        <source>Le&amp;gs</source>
        <translation>双腿(&amp;G)</translation>
    </message>
    <message>
        <source>Colours &amp;by side</source>
        <translation>按左右着色(&amp;B)</translation>
    </message>
    <message>
        <source>The person&apos;s left side is orange, the right one blue</source>
        <translation>人物左侧为橙色，右侧为蓝色</translation>
    </message>
    <message>
        <source>Unsure points are &amp;transparent</source>
        <translation>不确定的点半透明(&amp;T)</translation>
    </message>
    <message>
        <source>The surer the pose model is of a point, the more opaque it is</source>
        <translation>姿态模型对某点越有把握，该点越不透明</translation>
    </message>
    <message>
        <source>&amp;All points</source>
        <translation>所有点(&amp;A)</translation>
    </message>
    <message>
        <source>&amp;Head</source>
        <translation>头部(&amp;H)</translation>
    </message>
    <message>
        <source>A&amp;rms</source>
        <translation>手臂(&amp;R)</translation>
    </message>
    <message>
        <source>Ha&amp;nds</source>
        <translation>手(&amp;N)</translation>
    </message>
    <message>
        <source>&amp;Body without hands</source>
        <translation>不含手的身体(&amp;B)</translation>
    </message>
    <message>
        <source>&amp;Inferno: purple to yellow</source>
        <translation>&amp;Inferno：紫到黄</translation>
    </message>
    <message>
        <source>&amp;Viridis: blue to yellow</source>
        <translation>&amp;Viridis：蓝到黄</translation>
    </message>
    <message>
        <source>&amp;Cividis: for colour-blind eyes</source>
        <translation>&amp;Cividis：适合色觉障碍者</translation>
    </message>
    <message>
        <source>&amp;White</source>
        <translation>白色(&amp;W)</translation>
    </message>
    <message>
        <source>S&amp;keleton parts</source>
        <translation>骨架部位(&amp;K)</translation>
    </message>
    <message>
        <source>Heat&amp;map of</source>
        <translation>热图内容(&amp;M)</translation>
    </message>
    <message>
        <source>%1 % opaque</source>
        <translation>不透明度 %1 %</translation>
    </message>
</context>
<context>
    <name>telltale::OverlayPanel</name>
    <message>
        <source>Overlays</source>
        <translation>叠加层</translation>
    </message>
    <message>
        <source>Skeleton</source>
        <translation>骨架</translation>
    </message>
    <message>
        <source>Draw this part of the skeleton</source>
        <translation>绘制骨架的这一部分</translation>
    </message>
    <message>
        <source>Heat map</source>
        <translation>热图</translation>
    </message>
    <message>
        <source>Which points the heat map shows</source>
        <translation>热图显示哪些点</translation>
    </message>
    <message>
        <source>Colours of the heat map</source>
        <translation>热图的颜色</translation>
    </message>
    <message>
        <source>How opaque the heat map is where it is highest</source>
        <translation>热图最高处的不透明度</translation>
    </message>
    <message>
        <source>%1 %</source>
        <translation>%1 %</translation>
    </message>
    <message>
        <source>&amp;Opacity:</source>
        <translation>不透明度(&amp;O)：</translation>
    </message>
    <message>
        <source>Sho&amp;ws:</source>
        <translation>显示(&amp;W)：</translation>
    </message>
    <message>
        <source>&amp;Colours:</source>
        <translation>颜色(&amp;C)：</translation>
    </message>
    <message>
        <source>Also</source>
        <translation>其他</translation>
    </message>
</context>
<context>
    <name>telltale::AdjudicationDialog</name>
    <message>
        <source>&amp;Open ones only</source>
        <translation>仅未裁定的(&amp;O)</translation>
    </message>
    <message>
        <source>Settle disagreements</source>
        <translation>裁定分歧</translation>
    </message>
    <message>
        <source>Disagreements</source>
        <translation>分歧</translation>
    </message>
    <message>
        <source>Bet&amp;ween:</source>
        <translation>比较(&amp;W)：</translation>
    </message>
    <message>
        <source>Coders whose disagreements are listed</source>
        <translation>列出其分歧的编码者</translation>
    </message>
    <message>
        <source>Whose disagreements are listed</source>
        <translation>列出谁的分歧</translation>
    </message>
    <message>
        <source>Names and spans that stand alone</source>
        <translation>名称不同和单独的片段</translation>
    </message>
    <message>
        <source>Ends that are far apart, too</source>
        <translation>也包括端点相差较大的</translation>
    </message>
    <message>
        <source>All pairs</source>
        <translation>所有成对片段</translation>
    </message>
    <message>
        <source>Which pairs are listed</source>
        <translation>列出哪些片段对</translation>
    </message>
    <message>
        <source>Which pairs of spans are listed</source>
        <translation>列出哪些片段对</translation>
    </message>
    <message>
        <source>Leave out what is settled</source>
        <translation>不列出已裁定的</translation>
    </message>
    <message>
        <source>%1  (%2)</source>
        <translation>%1  (%2)</translation>
    </message>
    <message>
        <source>%1 (%2)</source>
        <translation>%1 (%2)</translation>
    </message>
    <message>
        <source>Take A</source>
        <translation>采用 A</translation>
    </message>
    <message>
        <source>What the first coder says holds</source>
        <translation>以第一位编码者为准</translation>
    </message>
    <message>
        <source>Take B</source>
        <translation>采用 B</translation>
    </message>
    <message>
        <source>What the second coder says holds</source>
        <translation>以第二位编码者为准</translation>
    </message>
    <message>
        <source>Take the model</source>
        <translation>采用模型</translation>
    </message>
    <message>
        <source>What the model says holds</source>
        <translation>以模型为准</translation>
    </message>
    <message>
        <source>Own class...</source>
        <translation>其他类别...</translation>
    </message>
    <message>
        <source>Another class, between the ends of both</source>
        <translation>另选类别，端点取两者之间</translation>
    </message>
    <message>
        <source>No gesture</source>
        <translation>没有手势</translation>
    </message>
    <message>
        <source>There is no gesture here</source>
        <translation>这里没有手势</translation>
    </message>
    <message>
        <source>Previous</source>
        <translation>上一个</translation>
    </message>
    <message>
        <source>The disagreement before</source>
        <translation>前一个分歧</translation>
    </message>
    <message>
        <source>Next open</source>
        <translation>下一个未裁定</translation>
    </message>
    <message>
        <source>The next disagreement that is open</source>
        <translation>下一个尚未裁定的分歧</translation>
    </message>
    <message>
        <source>Play</source>
        <translation>播放</translation>
    </message>
    <message>
        <source>Play the place once</source>
        <translation>播放一次该处</translation>
    </message>
    <message>
        <source>Settle what agrees</source>
        <translation>采纳一致部分</translation>
    </message>
    <message>
        <source>Takes over everything in this video about which both agree</source>
        <translation>采纳该视频中双方一致的所有内容</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>撤销</translation>
    </message>
    <message>
        <source>Take back the last edit</source>
        <translation>撤销上一次编辑</translation>
    </message>
    <message>
        <source>%1 – %2</source>
        <translation>%1 – %2</translation>
    </message>
    <message>
        <source>no gesture</source>
        <translation>没有手势</translation>
    </message>
    <message>
        <source>A: %1</source>
        <translation>A：%1</translation>
    </message>
    <message>
        <source>nothing</source>
        <translation>无</translation>
    </message>
    <message>
        <source>B: %1</source>
        <translation>B：%1</translation>
    </message>
    <message>
        <source>Model</source>
        <translation>模型</translation>
    </message>
    <message>
        <source>no predictions</source>
        <translation>没有预测</translation>
    </message>
    <message>
        <source>Final</source>
        <translation>最终</translation>
    </message>
    <message>
        <source>open</source>
        <translation>未裁定</translation>
    </message>
    <message>
        <source>Comparing...</source>
        <translation>正在比较...</translation>
    </message>
    <message>
        <source>Everything here is settled.</source>
        <translation>这里的全部内容均已裁定。</translation>
    </message>
    <message>
        <source>These two do not disagree anywhere.</source>
        <translation>两人没有任何分歧。</translation>
    </message>
    <message>
        <source>Everything here is settled (%1).</source>
        <translation>这里的全部内容均已裁定（%1）。</translation>
    </message>
    <message>
        <source>%1 of %2 are open. Where a side has nothing, taking it says that there is no gesture. What is settled goes into the layer that reviewers see and export.</source>
        <translation>%2 项中有 %1 项未裁定。若某一方没有片段，采用该方即表示没有手势。裁定结果进入审核者可见并可导出的图层。</translation>
    </message>
</context>
<context>
    <name>telltale::AgreementPage</name>
    <message>
        <source>Agreement</source>
        <translation>一致性</translation>
    </message>
    <message>
        <source>&amp;Team...</source>
        <translation>团队(&amp;T)...</translation>
    </message>
    <message>
        <source>Compare with the &amp;model</source>
        <translation>与模型比较(&amp;M)</translation>
    </message>
    <message>
        <source>With the &amp;model</source>
        <translation>包括模型(&amp;M)</translation>
    </message>
    <message>
        <source>&amp;Settle disagreements...</source>
        <translation>裁定分歧(&amp;S)...</translation>
    </message>
    <message>
        <source>Who codes which video independently</source>
        <translation>谁独立编码哪个视频</translation>
    </message>
    <message>
        <source>Counts the newest predictions as one more annotator</source>
        <translation>把最新的预测算作又一位标注者</translation>
    </message>
    <message>
        <source>Bet&amp;ween:</source>
        <translation>比较(&amp;W)：</translation>
    </message>
    <message>
        <source>Annotators that are compared</source>
        <translation>被比较的标注者</translation>
    </message>
    <message>
        <source>Which two annotators the figures are about</source>
        <translation>这些数值是关于哪两位标注者的</translation>
    </message>
    <message>
        <source>&amp;Overlap:</source>
        <translation>重叠度(&amp;O)：</translation>
    </message>
    <message>
        <source>Least overlap of two spans that stand for one gesture</source>
        <translation>两个片段代表同一手势所需的最小重叠度</translation>
    </message>
    <message>
        <source>Two spans stand for one gesture if the frames that both have are at least this share of those that any of them has</source>
        <translation>如果两个片段共有的帧至少占两者全部帧的这一比例，它们就代表同一个手势</translation>
    </message>
    <message>
        <source>Go through the disagreements one by one and decide what holds</source>
        <translation>逐个查看分歧并决定以哪个为准</translation>
    </message>
    <message>
        <source>Figure that is shown by class</source>
        <translation>按类别显示的数值</translation>
    </message>
    <message>
        <source>Which figure is shown for each class</source>
        <translation>为每个类别显示哪个数值</translation>
    </message>
    <message>
        <source>Agreement by class</source>
        <translation>各类别的一致性</translation>
    </message>
    <message>
        <source>Names and spans that stand alone</source>
        <translation>名称不同和单独的片段</translation>
    </message>
    <message>
        <source>Ends that are far apart, too</source>
        <translation>也包括端点相差较大的</translation>
    </message>
    <message>
        <source>All pairs</source>
        <translation>所有成对片段</translation>
    </message>
    <message>
        <source>Which pairs are listed</source>
        <translation>列出哪些片段对</translation>
    </message>
    <message>
        <source>Which pairs of spans are listed</source>
        <translation>列出哪些片段对</translation>
    </message>
    <message>
        <source>Class of the listed pairs</source>
        <translation>所列片段对的类别</translation>
    </message>
    <message>
        <source>Only pairs in which one of the two has this class</source>
        <translation>仅列出其中一方属于该类别的片段对</translation>
    </message>
    <message>
        <source>Pairs of spans</source>
        <translation>片段对</translation>
    </message>
    <message>
        <source>Enter or a double click goes to the place in the video</source>
        <translation>按 Enter 或双击可跳到视频中的位置</translation>
    </message>
    <message>
        <source>Figures of agreement</source>
        <translation>一致性数值</translation>
    </message>
    <message>
        <source>Figures</source>
        <translation>数值</translation>
    </message>
    <message>
        <source>Classes</source>
        <translation>类别</translation>
    </message>
    <message>
        <source>Pairs</source>
        <translation>片段对</translation>
    </message>
    <message>
        <source>Parts of the agreement</source>
        <translation>一致性的各部分</translation>
    </message>
    <message>
        <source>Open a project to see how far its annotators agree.</source>
        <translation>打开一个项目，查看其标注者的一致程度。</translation>
    </message>
    <message>
        <source>%1 – %2</source>
        <translation>%1 – %2</translation>
    </message>
    <message>
        <source>%1 spans and %2 spans, %3 pairs, %4 of them with the same name; alone: %5 and %6. Compared frames: %7.</source>
        <translation>%1 个片段对 %2 个片段，配成 %3 对，其中 %4 对名称相同；单独的：%5 个和 %6 个。比较的帧数：%7。</translation>
    </message>
    <message>
        <source>No intervals: there is one video alone.</source>
        <translation>没有区间：只有一个视频。</translation>
    </message>
    <message numerus="yes">
        <source>In brackets: 95 % intervals over %n subject(s).</source>
        <translation>
            <numerusform>方括号内：基于 %n 位受试者的 95 % 区间。</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>In brackets: 95 % intervals over %n video(s), because there is one subject.</source>
        <translation>
            <numerusform>方括号内：基于 %n 个视频的 95 % 区间，因为只有一位受试者。</numerusform>
        </translation>
    </message>
    <message>
        <source>Figure</source>
        <translation>数值</translation>
    </message>
    <message>
        <source>With background, unmatched</source>
        <translation>含背景、未配对</translation>
    </message>
    <message>
        <source>Without</source>
        <translation>不含</translation>
    </message>
    <message>
        <source>Cohen&apos;s kappa, frames</source>
        <translation>Cohen kappa，按帧</translation>
    </message>
    <message>
        <source>Kappa, spans</source>
        <translation>kappa，按片段</translation>
    </message>
    <message>
        <source>Span F1 at overlap %1</source>
        <translation>重叠度 %1 时的片段 F1</translation>
    </message>
    <message>
        <source>Starts apart, mean (frames | ms)</source>
        <translation>起点相差，平均（帧 | 毫秒）</translation>
    </message>
    <message>
        <source>Starts apart, median (frames | ms)</source>
        <translation>起点相差，中位数（帧 | 毫秒）</translation>
    </message>
    <message>
        <source>Ends apart, mean (frames | ms)</source>
        <translation>终点相差，平均（帧 | 毫秒）</translation>
    </message>
    <message>
        <source>Ends apart, median (frames | ms)</source>
        <translation>终点相差，中位数（帧 | 毫秒）</translation>
    </message>
    <message numerus="yes">
        <source>Fleiss&apos; kappa of %n annotator(s), frames</source>
        <translation>
            <numerusform>%n 位标注者的 Fleiss kappa，按帧</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Krippendorff&apos;s alpha of %n annotator(s), frames</source>
        <translation>
            <numerusform>%n 位标注者的 Krippendorff alpha，按帧</numerusform>
        </translation>
    </message>
    <message>
        <source>where a proposal was shown</source>
        <translation>显示过建议处</translation>
    </message>
    <message>
        <source>where a proposal was withheld</source>
        <translation>隐去建议处</translation>
    </message>
    <message>
        <source>where the model had nothing</source>
        <translation>模型没有建议处</translation>
    </message>
    <message>
        <source>Cohen&apos;s kappa, frames, %1</source>
        <translation>Cohen kappa，按帧，%1</translation>
    </message>
    <message>
        <source>Kappa, spans, %1</source>
        <translation>kappa，按片段，%1</translation>
    </message>
    <message>
        <source>Span F1 at 0.3, %1</source>
        <translation>重叠度 0.3 的片段 F1，%1</translation>
    </message>
    <message>
        <source>All classes</source>
        <translation>所有类别</translation>
    </message>
</context>
<context>
    <name>telltale::AnalysisPanel</name>
    <message>
        <source>&amp;View:</source>
        <translation>视图(&amp;V)：</translation>
    </message>
    <message>
        <source>View of the analysis</source>
        <translation>分析的视图</translation>
    </message>
    <message>
        <source>What to look at</source>
        <translation>要查看的内容</translation>
    </message>
    <message>
        <source>&amp;Numbers</source>
        <translation>数值(&amp;N)</translation>
    </message>
    <message>
        <source>Copy or save the figures of this view as a table</source>
        <translation>将此视图的数值作为表格复制或保存</translation>
    </message>
    <message>
        <source>Copy as text</source>
        <translation>复制为文本</translation>
    </message>
    <message>
        <source>Copy as LaTeX</source>
        <translation>复制为 LaTeX</translation>
    </message>
    <message>
        <source>Copy as CSV</source>
        <translation>复制为 CSV</translation>
    </message>
    <message>
        <source>Save as CSV files...</source>
        <translation>保存为 CSV 文件...</translation>
    </message>
    <message>
        <source>Fi&amp;gure</source>
        <translation>图(&amp;G)</translation>
    </message>
    <message>
        <source>Copy a figure of this view, or save it as SVG, PDF or PNG</source>
        <translation>复制此视图的图，或保存为 SVG、PDF 或 PNG</translation>
    </message>
    <message>
        <source>Folder for the CSV files</source>
        <translation>CSV 文件的文件夹</translation>
    </message>
    <message>
        <source>Save as CSV files</source>
        <translation>保存为 CSV 文件</translation>
    </message>
</context>
<context>
    <name>telltale::AugmentationPage</name>
    <message>
        <source>Augmentation</source>
        <translation>增强</translation>
    </message>
</context>
<context>
    <name>telltale::CalibrationPage</name>
    <message>
        <source>Calibration</source>
        <translation>校准</translation>
    </message>
    <message>
        <source>Modality</source>
        <translation>模态</translation>
    </message>
    <message>
        <source>Whose confidences to look at</source>
        <translation>查看谁的置信度</translation>
    </message>
    <message>
        <source>&amp;Modality:</source>
        <translation>模态(&amp;M)：</translation>
    </message>
    <message>
        <source>Reliability by modality</source>
        <translation>各模态的可靠性</translation>
    </message>
    <message>
        <source>Arrow keys walk over the bins, Enter lists their spans for review</source>
        <translation>方向键在各区间间移动，回车键在审核列表中列出其片段</translation>
    </message>
    <message>
        <source>All beside each other</source>
        <translation>全部并排</translation>
    </message>
    <message>
        <source>Open a project to see how far its models&apos; confidences can be trusted.</source>
        <translation>打开一个项目，查看其模型的置信度有多可信。</translation>
    </message>
    <message>
        <source>With so few items even perfect confidences would have an ECE of %1.</source>
        <translation>条目如此之少时，即使完美的置信度，其 ECE 也会有 %1。</translation>
    </message>
    <message>
        <source>%1: audit items with this confidence</source>
        <translation>%1：具有该置信度的抽查条目</translation>
    </message>
    <message>
        <source>Filled: confidences as they are shown; hollow: before the temperature was applied.</source>
        <translation>实心：显示的置信度；空心：应用温度之前。</translation>
    </message>
</context>
<context>
    <name>telltale::ConfusionPage</name>
    <message>
        <source>%1 % (%2–%3 %)</source>
        <translation>%1 %（%2–%3 %）</translation>
    </message>
    <message>
        <source>Confusion</source>
        <translation>混淆</translation>
    </message>
    <message>
        <source>Most confused pairs</source>
        <translation>最易混淆的类别对</translation>
    </message>
    <message>
        <source>Pair</source>
        <translation>类别对</translation>
    </message>
    <message>
        <source>Count</source>
        <translation>数量</translation>
    </message>
    <message>
        <source>Share</source>
        <translation>份额</translation>
    </message>
    <message>
        <source>Suggestion</source>
        <translation>建议</translation>
    </message>
    <message>
        <source>Kinds of error</source>
        <translation>错误种类</translation>
    </message>
    <message>
        <source>Kind</source>
        <translation>种类</translation>
    </message>
    <message>
        <source>Most confused</source>
        <translation>最易混淆</translation>
    </message>
    <message>
        <source>Arrow keys walk over the cells, Enter lists their spans for review</source>
        <translation>方向键在单元格间移动，回车列出其片段以供审阅</translation>
    </message>
    <message>
        <source>Whether names of decided spans are compared, or what was found in whole videos</source>
        <translation>比较已决定片段的名称，还是在整个视频中发现的片段</translation>
    </message>
    <message>
        <source>Names of spans</source>
        <translation>片段的名称</translation>
    </message>
    <message>
        <source>Spans that were found</source>
        <translation>发现的片段</translation>
    </message>
    <message>
        <source>From which overlap (tIoU) on a detection is the span</source>
        <translation>检测与片段的重叠（tIoU）达到多少才算同一片段</translation>
    </message>
    <message>
        <source>tIoU %1</source>
        <translation>tIoU %1</translation>
    </message>
    <message>
        <source>Whose answers are held against the decisions</source>
        <translation>将谁的回答与决定相比较</translation>
    </message>
    <message>
        <source>Other answers beside them</source>
        <translation>并列的其他回答</translation>
    </message>
    <message>
        <source>What the cells say</source>
        <translation>单元格显示的内容</translation>
    </message>
    <message>
        <source>Counts</source>
        <translation>数量</translation>
    </message>
    <message>
        <source>Shares of rows (recall)</source>
        <translation>行份额（召回率）</translation>
    </message>
    <message>
        <source>Shares of columns (precision)</source>
        <translation>列份额（精确率）</translation>
    </message>
    <message>
        <source>Order of the classes</source>
        <translation>类别的顺序</translation>
    </message>
    <message>
        <source>As in the label scheme</source>
        <translation>按标签方案</translation>
    </message>
    <message>
        <source>Most frequent first</source>
        <translation>最常见的在前</translation>
    </message>
    <message>
        <source>By body part</source>
        <translation>按身体部位</translation>
    </message>
    <message>
        <source>By clustering</source>
        <translation>按聚类</translation>
    </message>
    <message>
        <source>&amp;Difference</source>
        <translation>差值(&amp;D)</translation>
    </message>
    <message>
        <source>The second minus the first, in one matrix</source>
        <translation>第二个减第一个，合为一个矩阵</translation>
    </message>
    <message>
        <source>Click, or press Enter, to list the spans for review</source>
        <translation>单击或按回车列出片段以供审阅</translation>
    </message>
    <message>
        <source>nothing beside them</source>
        <translation>无并列</translation>
    </message>
    <message>
        <source>Reading what the models said...</source>
        <translation>正在读取模型所说的……</translation>
    </message>
    <message>
        <source>Open a project to see where its models err.</source>
        <translation>打开一个项目，查看其模型错在何处。</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <translation>%1：%2</translation>
    </message>
    <message numerus="yes">
        <source>%1: %n decided span(s)</source>
        <translation>
            <numerusform>%1：%n 个已决定的片段</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>; %n without an answer left out</source>
        <translation>
            <numerusform>；略去 %n 个没有回答的</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>; %n detection(s) that nobody has judged left out</source>
        <translation>
            <numerusform>；略去 %n 个无人判断的检测</numerusform>
        </translation>
    </message>
    <message>
        <source>; these heads have learned from these very decisions</source>
        <translation>；这些分类头正是从这些决定中学习的</translation>
    </message>
    <message>
        <source>No stretch is marked as looked through (R): misses and false detections are known only where spans were decided.</source>
        <translation>没有区段标记为已审看（R）：只有在片段已决定之处才知道漏检和误检。</translation>
    </message>
    <message>
        <source>%1 taken for %2: %3 of %4, %5</source>
        <translation>%1 被当作 %2：%4 个中的 %3 个，%5</translation>
    </message>
    <message numerus="yes">
        <source>named both ways by people: %n gesture(s)</source>
        <translation>
            <numerusform>被人们用两种名称命名：%n 个动作</numerusform>
        </translation>
    </message>
    <message>
        <source>%1 ↔ %2</source>
        <translation>%1 ↔ %2</translation>
    </message>
    <message>
        <source>missed</source>
        <translation>漏检</translation>
    </message>
    <message>
        <source>nothing</source>
        <translation>无动作</translation>
    </message>
    <message>
        <source>%1 where nothing is</source>
        <translation>在无动作处检测到 %1</translation>
    </message>
    <message>
        <source>%1 that was missed</source>
        <translation>漏检的 %1</translation>
    </message>
    <message>
        <source>%1 that was recognised</source>
        <translation>正确识别的 %1</translation>
    </message>
    <message>
        <source>%1 taken for %2</source>
        <translation>%1 被当作 %2</translation>
    </message>
    <message>
        <source>%1 or %2</source>
        <translation>%1 或 %2</translation>
    </message>
    <message numerus="yes">
        <source>%n detection(s) are in the list no more: they were removed, or a newer run took their place.</source>
        <translation>
            <numerusform>%n 个检测已不在列表中：它们已被删除，或被更新的运行取代。</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>telltale::DisagreementModel</name>
    <message>
        <source>Frames %1 to %2</source>
        <translation>第 %1 至 %2 帧</translation>
    </message>
    <message>
        <source>settled</source>
        <translation>已裁定</translation>
    </message>
    <message>
        <source>open</source>
        <translation>未裁定</translation>
    </message>
    <message>
        <source>Video</source>
        <translation>视频</translation>
    </message>
    <message>
        <source>Frame</source>
        <translation>帧</translation>
    </message>
    <message>
        <source>A: %1</source>
        <translation>A：%1</translation>
    </message>
    <message>
        <source>B: %1</source>
        <translation>B：%1</translation>
    </message>
    <message>
        <source>Overlap</source>
        <translation>重叠度</translation>
    </message>
    <message>
        <source>What</source>
        <translation>内容</translation>
    </message>
    <message>
        <source>State</source>
        <translation>状态</translation>
    </message>
</context>
<context>
    <name>telltale::EffortPage</name>
    <message>
        <source>Effort</source>
        <translation>工作量</translation>
    </message>
    <message>
        <source>&amp;Record effort</source>
        <translation>记录工作量(&amp;R)</translation>
    </message>
    <message>
        <source>Record effort</source>
        <translation>记录工作量</translation>
    </message>
    <message>
        <source>Write into the project what decisions cost: active seconds, how many keys and mouse buttons were pressed, and the way of working. Never which keys. Also in the Edit menu.</source>
        <translation>将每次判定的代价写入项目：活动秒数、按键和鼠标点击的次数以及工作方式。绝不记录按了哪些键。“编辑”菜单中也可设置。</translation>
    </message>
    <message>
        <source>By way of working</source>
        <translation>按工作方式</translation>
    </message>
    <message>
        <source>By class</source>
        <translation>按类别</translation>
    </message>
    <message>
        <source>Groups of spans</source>
        <translation>片段分组</translation>
    </message>
    <message>
        <source>How spans are grouped</source>
        <translation>片段的分组方式</translation>
    </message>
    <message>
        <source>Seconds</source>
        <translation>秒数</translation>
    </message>
    <message>
        <source>Presses</source>
        <translation>按键次数</translation>
    </message>
    <message>
        <source>What is measured</source>
        <translation>衡量的内容</translation>
    </message>
    <message>
        <source>Seconds, or key presses and clicks</source>
        <translation>秒数，或按键与点击次数</translation>
    </message>
    <message>
        <source>Spans that cost most</source>
        <translation>代价最高的片段</translation>
    </message>
    <message>
        <source>Enter or a double click goes to the span</source>
        <translation>按回车或双击转到该片段</translation>
    </message>
    <message>
        <source>Gesture</source>
        <translation>手势</translation>
    </message>
    <message>
        <source>Where</source>
        <translation>位置</translation>
    </message>
    <message>
        <source>Spans that cost most:</source>
        <translation>代价最高的片段：</translation>
    </message>
    <message>
        <source>Spans that cost most, %1:</source>
        <translation>代价最高的片段（%1）：</translation>
    </message>
    <message>
        <source>%1, frame %2</source>
        <translation>%1，第 %2 帧</translation>
    </message>
</context>
<context>
    <name>telltale::ModalityPage</name>
    <message>
        <source>Modalities</source>
        <translation>模态</translation>
    </message>
    <message>
        <source>Only &amp;held-out people</source>
        <translation>仅留出的人物(&amp;H)</translation>
    </message>
    <message>
        <source>Arrow keys walk over the figure, Enter lists the spans for review</source>
        <translation>方向键在图中移动，回车键在审核列表中列出片段</translation>
    </message>
    <message>
        <source>&amp;Show:</source>
        <translation>显示(&amp;S)：</translation>
    </message>
    <message>
        <source>Which figure to look at</source>
        <translation>查看哪张图</translation>
    </message>
    <message>
        <source>&amp;Answers of:</source>
        <translation>谁的回答(&amp;A)：</translation>
    </message>
    <message>
        <source>Whose answers are held against the decisions</source>
        <translation>将谁的回答与裁定相比较</translation>
    </message>
    <message>
        <source>&amp;Modality:</source>
        <translation>模态(&amp;M)：</translation>
    </message>
    <message>
        <source>Whose gain to look at</source>
        <translation>查看谁的增益</translation>
    </message>
    <message>
        <source>Leave out the spans of people whom the system has learned from or was tuned on</source>
        <translation>排除系统曾用于学习或调参的人物的片段</translation>
    </message>
    <message>
        <source>F1 by class</source>
        <translation>各类别的 F1</translation>
    </message>
    <message>
        <source>Agreement between modalities</source>
        <translation>模态间的一致性</translation>
    </message>
    <message>
        <source>Gain of adapting, by class</source>
        <translation>适应带来的增益（按类别）</translation>
    </message>
    <message>
        <source>Gain of adapting, by subject</source>
        <translation>适应带来的增益（按受试者）</translation>
    </message>
    <message>
        <source>As they were proposed</source>
        <translation>提出建议时的回答</translation>
    </message>
    <message>
        <source>Open a project to see what each modality adds.</source>
        <translation>打开一个项目，查看每个模态的贡献。</translation>
    </message>
    <message>
        <source>Only one modality has answered: there is nothing to compare it with.</source>
        <translation>只有一个模态给出了回答：没有可比较的对象。</translation>
    </message>
    <message numerus="yes">
        <source>As measured when the system was adapted (%1), on %n held-out span(s).</source>
        <translation>
            <numerusform>系统适应时（%1）在 %n 个留出片段上的测量结果。</numerusform>
        </translation>
    </message>
    <message>
        <source>%1 that %2 calls otherwise</source>
        <translation>%2 判为其他类别的“%1”</translation>
    </message>
    <message>
        <source>%1 and %2 differ</source>
        <translation>%1 与 %2 不一致</translation>
    </message>
    <message>
        <source>%1, named otherwise after adapting</source>
        <translation>%1，适应后判为其他类别</translation>
    </message>
</context>
<context>
    <name>telltale::ReportDialog</name>
    <message>
        <source>File of the report</source>
        <translation>报告文件</translation>
    </message>
    <message>
        <source>Outcome</source>
        <translation>结果</translation>
    </message>
    <message>
        <source>What was written will be listed here.</source>
        <translation>写入的内容将列在这里。</translation>
    </message>
    <message>
        <source>Report</source>
        <translation>报告</translation>
    </message>
    <message>
        <source>Every view of the analysis as one HTML or PDF file, with what it was made from. The tables are also written as CSV files beside it.</source>
        <translation>将分析的所有视图写成一个 HTML 或 PDF 文件，并注明其依据。表格同时以 CSV 文件写在旁边。</translation>
    </message>
    <message>
        <source>&amp;Path:</source>
        <translation>路径(&amp;P)：</translation>
    </message>
    <message>
        <source>Write report</source>
        <translation>写入报告</translation>
    </message>
    <message>
        <source>Open report</source>
        <translation>打开报告</translation>
    </message>
    <message>
        <source>%1 is there already. Write over it?</source>
        <translation>%1 已存在。要覆盖吗？</translation>
    </message>
    <message>
        <source>The report was stopped, nothing was written.</source>
        <translation>报告已停止，没有写入任何内容。</translation>
    </message>
    <message>
        <source>No report was written: %1</source>
        <translation>没有写入报告：%1</translation>
    </message>
    <message>
        <source>Tables are in %1</source>
        <translation>表格在 %1 中</translation>
    </message>
    <message>
        <source>Written: %1</source>
        <translation>已写入：%1</translation>
    </message>
</context>
<context>
    <name>telltale::TailPage</name>
    <message>
        <source>Long tail</source>
        <translation>长尾</translation>
    </message>
    <message>
        <source>What to label next</source>
        <translation>接下来标注什么</translation>
    </message>
    <message>
        <source>What to know and to do; Tab walks through the classes, Enter chooses one</source>
        <translation>须知与建议；Tab 在类别间移动，Enter 选择</translation>
    </message>
    <message>
        <source>What to show of the long tail</source>
        <translation>显示长尾的哪一方面</translation>
    </message>
    <message>
        <source>Rank and size</source>
        <translation>排名与大小</translation>
    </message>
    <message>
        <source>Class counts</source>
        <translation>类别计数</translation>
    </message>
    <message>
        <source>Subjects per class</source>
        <translation>各类别的被试数</translation>
    </message>
    <message>
        <source>Splits</source>
        <translation>划分</translation>
    </message>
    <message>
        <source>F1 by size</source>
        <translation>按大小的 F1</translation>
    </message>
    <message>
        <source>Class weights</source>
        <translation>类别权重</translation>
    </message>
    <message>
        <source>&amp;Logarithmic</source>
        <translation>对数(&amp;L)</translation>
    </message>
    <message>
        <source>Logarithmic axes: a power law is a straight line there</source>
        <translation>对数坐标：幂律在此为直线</translation>
    </message>
    <message>
        <source>What F1 is measured on</source>
        <translation>F1 在什么上测量</translation>
    </message>
    <message>
        <source>Whose class weights</source>
        <translation>谁的类别权重</translation>
    </message>
    <message>
        <source>&amp;Target:</source>
        <translation>目标(&amp;T)：</translation>
    </message>
    <message>
        <source>F1 that every class should reach</source>
        <translation>每个类别应达到的 F1</translation>
    </message>
    <message>
        <source>&amp;Review its proposals (%1)</source>
        <translation>审阅其提议（%1）(&amp;R)</translation>
    </message>
    <message>
        <source>Tail &amp;sprint through them</source>
        <translation>对其进行尾部冲刺(&amp;S)</translation>
    </message>
    <message>
        <source>Look at its &amp;decided spans (%1)</source>
        <translation>查看其已判定的片段（%1）(&amp;D)</translation>
    </message>
    <message>
        <source>&amp;Hunt the whole tail: rarest classes first</source>
        <translation>搜寻整个尾部：最稀有的类别优先(&amp;H)</translation>
    </message>
</context>
<context>
    <name>AgreementFigures</name>
    <message>
        <source>Cohen&apos;s kappa by frames</source>
        <translation>按帧的 Cohen kappa</translation>
    </message>
    <message>
        <source>Kappa by spans</source>
        <translation>按片段的 kappa</translation>
    </message>
    <message>
        <source>Span F1 at overlap 0.1</source>
        <translation>重叠度 0.1 时的片段 F1</translation>
    </message>
    <message>
        <source>Span F1 at overlap 0.3</source>
        <translation>重叠度 0.3 时的片段 F1</translation>
    </message>
    <message>
        <source>Span F1 at overlap 0.5</source>
        <translation>重叠度 0.5 时的片段 F1</translation>
    </message>
    <message>
        <source>How far apart starts are</source>
        <translation>起点相差多少</translation>
    </message>
    <message>
        <source>How far apart ends are</source>
        <translation>终点相差多少</translation>
    </message>
    <message>
        <source>Fleiss&apos; kappa of all annotators</source>
        <translation>所有标注者的 Fleiss kappa</translation>
    </message>
    <message>
        <source>Krippendorff&apos;s alpha of all annotators</source>
        <translation>所有标注者的 Krippendorff alpha</translation>
    </message>
    <message>
        <source>Not defined: there is nothing that both coded.</source>
        <translation>无定义：没有两人都编码过的内容。</translation>
    </message>
    <message>
        <source>Not defined: everything got one and the same label, so that agreement by chance is certain.</source>
        <translation>无定义：所有内容都是同一个标签，偶然一致是必然的。</translation>
    </message>
    <message>
        <source>Not defined: nobody used the class.</source>
        <translation>无定义：没有人使用过这个类别。</translation>
    </message>
    <message>
        <source>Not defined: no span of one has a partner among those of the other.</source>
        <translation>无定义：一方的片段在另一方中都没有对应的片段。</translation>
    </message>
    <message>
        <source>Not defined: there are no such frames that all of them coded.</source>
        <translation>无定义：没有所有人都编码过的此类帧。</translation>
    </message>
    <message>
        <source>The project has no videos: add some.</source>
        <translation>项目中没有视频：请先添加。</translation>
    </message>
    <message>
        <source>Nobody has decided on a span yet.

Agreement compares what several people make of the same videos: accept, correct or mark spans, and let a second person code independently (Project, Team).</source>
        <translation>还没有人对任何片段作出决定。

一致性比较多人对相同视频的编码：请接受、更正或标记片段，并让第二个人独立编码（“项目”&gt;“团队”）。</translation>
    </message>
    <message>
        <source>You see your own spans alone, so that they stay independent.

Reviewers and owners see the agreement between all annotators: ask one of them.</source>
        <translation>您只能看到自己的片段，以保证编码独立。

审核者和所有者可以看到所有标注者之间的一致性：请询问他们。</translation>
    </message>
    <message>
        <source>There is one annotator alone.

Let a second person code some of the videos independently: Project, Team, then check both names beside a video. Or compare with the model.</source>
        <translation>只有一位标注者。

请让第二个人独立编码部分视频：“项目”&gt;“团队”，在视频旁勾选两人的名字。或者与模型比较。</translation>
    </message>
    <message>
        <source>There are several annotators, but no video that two of them coded.

Assign one video to both: Project, Team. It counts as coded once there is a decided span, a reviewed range, or the coder has finished it.</source>
        <translation>有多位标注者，但没有任何视频由其中两位编码过。

请把同一个视频分配给两人：“项目”&gt;“团队”。只要有已决定的片段、已检查的范围，或编码者已完成，该视频就算已编码。</translation>
    </message>
    <message>
        <source>different names</source>
        <translation>名称不同</translation>
    </message>
    <message>
        <source>only A</source>
        <translation>仅 A</translation>
    </message>
    <message>
        <source>only B</source>
        <translation>仅 B</translation>
    </message>
    <message>
        <source>ends apart</source>
        <translation>端点相差较大</translation>
    </message>
    <message>
        <source>agreed</source>
        <translation>一致</translation>
    </message>
    <message>
        <source>median</source>
        <translation>中位数</translation>
    </message>
    <message>
        <source>mean</source>
        <translation>平均值</translation>
    </message>
    <message>
        <source>with spans that stand alone</source>
        <translation>含单独的片段</translation>
    </message>
    <message>
        <source>pairs only</source>
        <translation>仅成对片段</translation>
    </message>
    <message>
        <source>with background</source>
        <translation>含背景</translation>
    </message>
    <message>
        <source>without background</source>
        <translation>不含背景</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <translation>%1：%2</translation>
    </message>
    <message>
        <source>Shared spans</source>
        <translation>共享片段</translation>
    </message>
    <message>
        <source>Settled</source>
        <translation>已裁定</translation>
    </message>
    <message>
        <source>Model</source>
        <translation>模型</translation>
    </message>
    <message>
        <source>%1 [%2, %3]</source>
        <translation>%1 [%2, %3]</translation>
    </message>
    <message>
        <source>All classes</source>
        <translation>所有类别</translation>
    </message>
    <message>
        <source>frames</source>
        <translation>帧</translation>
    </message>
</context>
<context>
    <name>telltale::ConfusionFigures</name>
    <message>
        <source>%1: accuracy %2, macro F1 %3</source>
        <translation>%1：准确率 %2，宏平均 F1 %3</translation>
    </message>
    <message>
        <source>%1: F1 %2, macro F1 %3</source>
        <translation>%1：F1 %2，宏平均 F1 %3</translation>
    </message>
    <message>
        <source>Confusion of spans that were found</source>
        <translation>所发现片段的混淆</translation>
    </message>
    <message>
        <source>Confusion of names</source>
        <translation>命名的混淆</translation>
    </message>
    <message>
        <source>recorded answers</source>
        <translation>当时记录的回答</translation>
    </message>
    <message>
        <source>heads of the demo weights</source>
        <translation>演示权重的分类头</translation>
    </message>
    <message>
        <source>heads of %1</source>
        <translation>%1 的分类头</translation>
    </message>
    <message>
        <source>%1 (in use)</source>
        <translation>%1（使用中）</translation>
    </message>
    <message>
        <source>%1 (candidate)</source>
        <translation>%1（候选）</translation>
    </message>
    <message>
        <source>run of %1</source>
        <translation>%1 的运行</translation>
    </message>
    <message>
        <source>round %1 of the adaptation of %2</source>
        <translation>%2 的自适应的第 %1 轮</translation>
    </message>
    <message>
        <source>%1: %2 alone</source>
        <translation>%1：仅%2</translation>
    </message>
    <message>
        <source>This project has no spans yet.

Analyze a video, or import annotations; then decide what the models propose.</source>
        <translation>此项目还没有片段。

请分析视频或导入标注，然后对模型的建议作出决定。</translation>
    </message>
    <message>
        <source>Nobody has decided anything yet.

Accept, correct or reject proposals in the review list: what models say is held against decisions.</source>
        <translation>还没有人作出任何决定。

请在审阅列表中接受、修正或拒绝建议：模型所说的要与决定相比较。</translation>
    </message>
    <message>
        <source>No model has said anything of this project yet.

Analyze a video first: its answers are then held against what was decided.</source>
        <translation>还没有模型对此项目作过预测。

请先分析视频：之后其回答会与决定相比较。</translation>
    </message>
    <message>
        <source>These answers are about none of the decided spans.

Choose others above, or decide some of the spans that they are about.</source>
        <translation>这些回答不涉及任何已决定的片段。

请在上方选择其他来源，或决定一些它们所涉及的片段。</translation>
    </message>
    <message>
        <source>This model has found nothing in the videos where spans were decided.

Choose another above, or analyze these videos.</source>
        <translation>在有已决定片段的视频中，该模型什么也没有发现。

请在上方选择其他来源，或分析这些视频。</translation>
    </message>
    <message numerus="yes">
        <source>All %n decided span(s) are of one class, and so the answers say: there is nothing to confuse.

Decide spans of a second class.</source>
        <translation>
            <numerusform>全部 %n 个已决定的片段都属于同一类别，回答也是如此：没有可混淆的。

请决定第二个类别的片段。</numerusform>
        </translation>
    </message>
    <message>
        <source>These answers cannot be read: %1

Choose others above.</source>
        <translation>无法读取这些回答：%1

请在上方选择其他来源。</translation>
    </message>
    <message>
        <source>merge?</source>
        <translation>合并？</translation>
    </message>
    <message>
        <source>guideline?</source>
        <translation>规范？</translation>
    </message>
    <message>
        <source>one-sided</source>
        <translation>单向</translation>
    </message>
    <message>
        <source>label more</source>
        <translation>多标注</translation>
    </message>
    <message>
        <source>%1 and %2 are often taken for each other, both ways: are they one class?</source>
        <translation>“%1”与“%2”经常双向互相混淆：它们是同一类别吗？</translation>
    </message>
    <message numerus="yes">
        <source>People themselves named %n gesture(s) both ways: the guideline needs a line between the two.</source>
        <translation>
            <numerusform>人们自己对 %n 个动作用过两种名称：标注规范需要在两者之间划清界限。</numerusform>
        </translation>
    </message>
    <message>
        <source>%1 is often taken for %2, and hardly the other way: is the definition of %1 applied alike, and does the guideline tell them apart?</source>
        <translation>“%1”经常被当作“%2”，反之很少：“%1”的定义是否应用一致？规范能否区分两者？</translation>
    </message>
    <message>
        <source>%1 is rare and goes to the frequent %2: label more of %1 before anything else.</source>
        <translation>“%1”很少见，并被归入常见的“%2”：首先请多标注“%1”。</translation>
    </message>
    <message>
        <source>correct</source>
        <translation>正确</translation>
    </message>
    <message>
        <source>double detection</source>
        <translation>重复检测</translation>
    </message>
    <message>
        <source>wrong class</source>
        <translation>类别错误</translation>
    </message>
    <message>
        <source>wrong ends</source>
        <translation>边界错误</translation>
    </message>
    <message>
        <source>wrong class and ends</source>
        <translation>类别与边界均错误</translation>
    </message>
    <message>
        <source>nothing there</source>
        <translation>该处无动作</translation>
    </message>
</context>
<context>
    <name>telltale::EffortFigures</name>
    <message>
        <source>Seconds per span by way of working</source>
        <translation>每个片段的秒数（按工作方式）</translation>
    </message>
    <message>
        <source>Key presses and clicks per span by way of working</source>
        <translation>每个片段的按键与点击次数（按工作方式）</translation>
    </message>
    <message>
        <source>Seconds per span by class</source>
        <translation>每个片段的秒数（按类别）</translation>
    </message>
    <message>
        <source>Key presses and clicks per span by class</source>
        <translation>每个片段的按键与点击次数（按类别）</translation>
    </message>
    <message numerus="yes">
        <source>%1, %n span(s): median %2 s (%3 to %4), half of them %5 to %6 s</source>
        <translation>
            <numerusform>%1，%n 个片段：中位数 %2 秒（%3 至 %4），其中一半在 %5 至 %6 秒之间</numerusform>
        </translation>
    </message>
    <message>
        <source>; %1 key presses and %2 clicks on average; finding it %3 s more</source>
        <translation>；平均 %1 次按键、%2 次点击；查找另需 %3 秒</translation>
    </message>
    <message>
        <source>; %1 decisions a minute, %2 taken back</source>
        <translation>；每分钟 %1 次判定，%2 被撤销</translation>
    </message>
    <message>
        <source>%1 s (%2)</source>
        <translation>%1 秒 (%2)</translation>
    </message>
    <message>
        <source>%1 (%2)</source>
        <translation>%1 (%2)</translation>
    </message>
    <message>
        <source>seconds on a span</source>
        <translation>花在一个片段上的秒数</translation>
    </message>
    <message>
        <source>key presses and clicks on a span</source>
        <translation>花在一个片段上的按键与点击次数</translation>
    </message>
    <message numerus="yes">
        <source>%n span(s): %1 s and %2 presses each (medians), %3 decisions a minute, %4 taken back</source>
        <translation>
            <numerusform>%n 个片段：每个 %1 秒、%2 次按键（中位数），每分钟 %3 次判定，%4 被撤销</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Not recorded before %1; %n decision(s) have no record.</source>
        <translation>
            <numerusform>%1 之前未记录；%n 次判定没有记录。</numerusform>
        </translation>
    </message>
    <message>
        <source>What decisions cost is not recorded in this window.

Turn on &quot;Record effort&quot; here or in the Edit menu: times and numbers of presses go into the project, never what was pressed.</source>
        <translation>此窗口未记录判定的代价。

请在此处或“编辑”菜单中打开“记录工作量”：写入项目的只有时间和按键次数，绝不包括按了什么。</translation>
    </message>
    <message numerus="yes">
        <source>The %n decision(s) so far have no record of what they cost.

It is recorded from now on: decide on some spans.</source>
        <translation>
            <numerusform>到目前为止的 %n 次判定没有代价记录。

从现在起开始记录：请判定一些片段。</numerusform>
        </translation>
    </message>
    <message>
        <source>Nobody has decided on a span yet.

Accept, correct or mark some: what it costs is recorded from now on and shows here.</source>
        <translation>还没有人判定过任何片段。

请接受、修正或标记一些片段：其代价从现在起会被记录并显示在此处。</translation>
    </message>
</context>
<context>
    <name>telltale::TailFigures</name>
    <message>
        <source>head</source>
        <translation>头部</translation>
    </message>
    <message>
        <source>medium</source>
        <translation>中部</translation>
    </message>
    <message>
        <source>tail</source>
        <translation>尾部</translation>
    </message>
    <message>
        <source>no decided span</source>
        <translation>没有已判定的片段</translation>
    </message>
    <message>
        <source>Held-out spans of the heads in use</source>
        <translation>当前分类头的留出片段</translation>
    </message>
    <message>
        <source>Audited proposals</source>
        <translation>抽检的提议</translation>
    </message>
    <message>
        <source>All decided proposals</source>
        <translation>所有已判定的提议</translation>
    </message>
    <message>
        <source>Heads (%1)</source>
        <translation>分类头（%1）</translation>
    </message>
    <message>
        <source>System (%1)</source>
        <translation>系统（%1）</translation>
    </message>
    <message>
        <source>No retrained heads are in use.

Decide some proposals and retrain: then the F1 of each class on held-out spans shows here.</source>
        <translation>尚未使用重新训练的分类头。

请先判定一些提议并重新训练：之后这里会显示各类别在留出片段上的 F1。</translation>
    </message>
    <message>
        <source>The heads in use were measured on the spans that they learned from, which says nothing.

Decide spans of a second subject and retrain.</source>
        <translation>当前分类头是在其训练所用的片段上测量的，这说明不了什么。

请判定第二位被试的片段并重新训练。</translation>
    </message>
    <message>
        <source>No decided span has a prediction, so nobody knows how often the models are right.

Analyze a video and decide some of its proposals.</source>
        <translation>已判定的片段都没有预测，因此无法知道模型有多准确。

请分析一个视频并判定其中一些提议。</translation>
    </message>
    <message>
        <source>No audit item has been decided in turn yet.

Review in the order of expected gain, which mixes them in, or choose the order &quot;Audit&quot;.</source>
        <translation>还没有按顺序判定的抽检项。

请按“预期收益”顺序审阅（其中混有抽检项），或选择“抽检”顺序。</translation>
    </message>
    <message>
        <source>too few classes have a score</source>
        <translation>有分数的类别太少</translation>
    </message>
    <message>
        <source>the classes are of nearly the same size</source>
        <translation>各类别大小几乎相同</translation>
    </message>
    <message>
        <source>F1 does not grow with the size of the classes</source>
        <translation>F1 不随类别大小增长</translation>
    </message>
    <message>
        <source>F1 grows along no curve</source>
        <translation>F1 的增长不符合任何曲线</translation>
    </message>
    <message>
        <source>the curve stays below the target</source>
        <translation>曲线达不到目标</translation>
    </message>
    <message>
        <source>the number lies far beyond the largest class</source>
        <translation>所需数量远超最大的类别</translation>
    </message>
    <message>
        <source>There is no video in the project.

Add videos: how their gestures spread over the classes shows here.</source>
        <translation>项目中没有视频。

请添加视频：这里会显示其手势在各类别上的分布。</translation>
    </message>
    <message>
        <source>The label scheme has no class yet.

Import labelled spans or add classes to the scheme.</source>
        <translation>标签方案中还没有类别。

请导入已标注的片段，或在方案中添加类别。</translation>
    </message>
    <message>
        <source>There are no spans to count yet.

Analyze a video or mark a gesture: the long tail of the classes shows here.</source>
        <translation>还没有可统计的片段。

请分析一个视频或标记一个手势：这里会显示类别的长尾分布。</translation>
    </message>
    <message numerus="yes">
        <source>%1 and %n more</source>
        <translation>
            <numerusform>%1 及另外 %n 个</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%1 (%2): %3 decided, %4 proposed, seen in %n subject(s); effective number %5</source>
        <translation>
            <numerusform>%1（%2）：已判定 %3，提议 %4，出现在 %n 位被试中；有效数 %5</numerusform>
        </translation>
    </message>
    <message>
        <source>Spans by rank of the class</source>
        <translation>按类别排名的片段数</translation>
    </message>
    <message>
        <source>rank of the class</source>
        <translation>类别排名</translation>
    </message>
    <message>
        <source>decided spans</source>
        <translation>已判定的片段</translation>
    </message>
    <message>
        <source>rank %1: %2</source>
        <translation>第 %1 名：%2</translation>
    </message>
    <message>
        <source>One class alone has decided spans: there is no law to fit.</source>
        <translation>只有一个类别有已判定的片段：没有可拟合的规律。</translation>
    </message>
    <message>
        <source>Line: spans ~ 1 / rank^s, s = %1 ± %2 (greatest likelihood). Largest over smallest class %3, Gini %4, entropy %5 of equal classes. Hollow: seen in one subject only.</source>
        <translation>线：片段数 ~ 1 / 排名^s，s = %1 ± %2（最大似然）。最大与最小类别之比 %3，基尼系数 %4，熵为均匀分布的 %5。空心：仅出现在一位被试中。</translation>
    </message>
    <message>
        <source>All %1 spans are proposals that nobody has decided.

Review some: what is decided is counted here.</source>
        <translation>全部 %1 个片段都是尚未判定的提议。

请审阅一些：这里统计已判定的片段。</translation>
    </message>
    <message>
        <source>Spans per class</source>
        <translation>各类别的片段数</translation>
    </message>
    <message>
        <source>%1 spans decided, %2 proposed, %3 of %4 classes</source>
        <translation>已判定 %1 个片段，提议 %2 个，%4 个类别中的 %3 个</translation>
    </message>
    <message>
        <source>Solid: decided by a person, outlined: still proposed.</source>
        <translation>实心：已由人判定；空框：仍为提议。</translation>
    </message>
    <message>
        <source>Subjects per class</source>
        <translation>各类别的被试数</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <translation>%1：%2</translation>
    </message>
    <message>
        <source>nobody named</source>
        <translation>未命名</translation>
    </message>
    <message>
        <source>%1 is seen in %2</source>
        <translation>%1 出现在：%2</translation>
    </message>
    <message>
        <source>No span is decided yet.

Review some proposals: in how many subjects each class is seen shows here.</source>
        <translation>还没有已判定的片段。

请审阅一些提议：这里会显示各类别出现在多少位被试中。</translation>
    </message>
    <message numerus="yes">
        <source>%n class(es) are seen in one subject only</source>
        <translation>
            <numerusform>%n 个类别仅出现在一位被试中</numerusform>
        </translation>
    </message>
    <message>
        <source>Every class is seen in several subjects</source>
        <translation>每个类别都出现在多位被试中</translation>
    </message>
    <message>
        <source>⚠ A split by subject can learn such a class or test it, not both; and what is learned may be the person.</source>
        <translation>⚠ 按被试划分时，这样的类别只能用于训练或测试，不能两者兼有；而且学到的可能是这个人。</translation>
    </message>
    <message>
        <source>Classes in the splits</source>
        <translation>各划分中的类别</translation>
    </message>
    <message numerus="yes">
        <source>%1: %2 decided of %n subject(s), %3 proposed</source>
        <translation>
            <numerusform>%1：%n 位被试的 %2 个已判定，%3 个提议</numerusform>
        </translation>
    </message>
    <message>
        <source>%1. %2</source>
        <translation>%1。%2</translation>
    </message>
    <message>
        <source>Decided spans, + proposed ones. Framed: the class is missing in a split that has others.</source>
        <translation>已判定的片段，+ 提议的片段。带框：该划分有其他类别但缺少此类别。</translation>
    </message>
    <message>
        <source>How many spans F1 %1 wants cannot be told: %2.</source>
        <translation>无法得知 F1 达到 %1 需要多少片段：%2。</translation>
    </message>
    <message>
        <source>F1 %1 wants about %2 spans a class (95 %: %3 to %4), if all classes were alike hard.</source>
        <translation>若各类别难度相同，F1 达到 %1 每类约需 %2 个片段（95 %：%3 至 %4）。</translation>
    </message>
    <message>
        <source>F1 %1 wants about %2 spans a class (95 %: %3 or more), if all classes were alike hard.</source>
        <translation>若各类别难度相同，F1 达到 %1 每类约需 %2 个片段（95 %：%3 或更多）。</translation>
    </message>
    <message>
        <source>F1 by size of the class</source>
        <translation>按类别大小的 F1</translation>
    </message>
    <message>
        <source>Reading the predictions...</source>
        <translation>正在读取预测……</translation>
    </message>
    <message>
        <source>spans that it learned from</source>
        <translation>训练所用的片段</translation>
    </message>
    <message>
        <source>F1</source>
        <translation>F1</translation>
    </message>
    <message>
        <source>target</source>
        <translation>目标</translation>
    </message>
    <message numerus="yes">
        <source>%1: F1 %2%3 on %n span(s), %4 to learn from</source>
        <translation>
            <numerusform>%1：在 %n 个片段上 F1 %2%3，训练用 %4 个</numerusform>
        </translation>
    </message>
    <message>
        <source> (95 %: %1 to %2)</source>
        <translation>（95 %：%1 至 %2）</translation>
    </message>
    <message numerus="yes">
        <source>%n span(s). %1. %2</source>
        <translation>
            <numerusform>%n 个片段。%1。%2</numerusform>
        </translation>
    </message>
    <message>
        <source>Lines: 95 % over resampled subjects, or by Wilson where a class has too few</source>
        <translation>线段：对被试重采样的 95 % 区间，类别被试太少时用 Wilson 区间</translation>
    </message>
    <message>
        <source>Lines: 95 % by Wilson, as if spans were independent</source>
        <translation>线段：95 % Wilson 区间，假定片段相互独立</translation>
    </message>
    <message>
        <source>A queue chose what was decided first, so these figures are biased; audited proposals are not.</source>
        <translation>先判定什么是由队列决定的，因此这些数字有偏；抽检的提议则没有。</translation>
    </message>
    <message>
        <source>Class weights</source>
        <translation>类别权重</translation>
    </message>
    <message>
        <source>No span is decided yet.

Review some proposals: the weights that a retraining gives the classes show here.</source>
        <translation>还没有已判定的片段。

请审阅一些提议：这里会显示重新训练给各类别的权重。</translation>
    </message>
    <message numerus="yes">
        <source>%1: weight %2 for %n span(s)</source>
        <translation>
            <numerusform>%1：%n 个片段，权重 %2</numerusform>
        </translation>
    </message>
    <message>
        <source>1 / sqrt(n + %1), mean 1, at most %2</source>
        <translation>1 / sqrt(n + %1)，均值 1，上限 %2</translation>
    </message>
    <message>
        <source>any</source>
        <translation>无</translation>
    </message>
    <message>
        <source>by the effective number, beta %1</source>
        <translation>按有效数，beta %1</translation>
    </message>
    <message>
        <source>every class weighs the same</source>
        <translation>各类别权重相同</translation>
    </message>
    <message>
        <source>As in the training of what is in use.</source>
        <translation>与当前所用模型的训练一致。</translation>
    </message>
    <message>
        <source>As a retraining would have them now: what is in use does not tell its own.</source>
        <translation>现在重新训练会得到的权重：当前所用模型没有记录自己的权重。</translation>
    </message>
    <message>
        <source>One file is in several splits (%1), in the videos %2: what is learned of it is tested with it. Remove one, or give their subjects one role.</source>
        <translation>同一文件出现在多个划分中（%1），视频为 %2：用它训练又用它测试。请移除一个，或让其被试使用同一角色。</translation>
    </message>
    <message>
        <source>Subject %1 is in several splits (%2), in the videos %3: what is learned of a person is tested with that person. Give the subject one role.</source>
        <translation>被试 %1 出现在多个划分中（%2），视频为 %3：用同一个人训练又测试。请给该被试一个角色。</translation>
    </message>
    <message numerus="yes">
        <source>Retraining learns all decided spans, also %n of test subjects: measure heads on other subjects than these.</source>
        <translation>
            <numerusform>重新训练会使用所有已判定的片段，其中 %n 个属于测试被试：请在其他被试上测量分类头。</numerusform>
        </translation>
    </message>
    <message>
        <source>The system in use has adapted on the clips that it is tested with (transductive): its scores on them stand beside those of the unadapted one.</source>
        <translation>当前系统已在其测试片段上做过自适应（直推式）：其分数须与未自适应的分数并列。</translation>
    </message>
    <message>
        <source>95 %: %1 or more</source>
        <translation>95 %：%1 或更多</translation>
    </message>
    <message>
        <source>95 %: %1 to %2</source>
        <translation>95 %：%1 至 %2</translation>
    </message>
    <message numerus="yes">
        <source>%n class(es) need about %1 more spans together to reach F1 %2 (%3): %4. %5 proposals of them wait.</source>
        <translation>
            <numerusform>%n 个类别共需约 %1 个新片段才能达到 F1 %2（%3）：%4。其中有 %5 个提议待判定。</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n class(es) are below F1 %1; how many spans they need cannot be told: %2. %3</source>
        <translation>
            <numerusform>%n 个类别低于 F1 %1；无法得知需要多少片段：%2。%3</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n class(es) are seen in one subject only and can be learned or tested, not both. Look for them in other subjects: %1.</source>
        <translation>
            <numerusform>%n 个类别仅出现在一位被试中，只能训练或测试，不能兼有。请在其他被试中寻找：%1。</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n class(es) stay below F1 %1 although they are large enough: more spans alone will not do, look at what they are confused with: %2.</source>
        <translation>
            <numerusform>%n 个类别虽然足够大，F1 仍低于 %1：仅增加片段不够，请查看它们与什么混淆：%2。</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n class(es) have no decided span: %1.</source>
        <translation>
            <numerusform>%n 个类别没有已判定的片段：%1。</numerusform>
        </translation>
    </message>
    <message>
        <source>How good the models are at a class is not known yet: %1</source>
        <translation>尚不清楚模型在各类别上的表现：%1</translation>
    </message>
    <message numerus="yes">
        <source>%n class(es) have fewer than five decided spans: %1.</source>
        <translation>
            <numerusform>%n 个类别的已判定片段少于五个：%1。</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n class(es) are missing in the split &quot;%1&quot;: %2.</source>
        <translation>
            <numerusform>划分“%1”缺少 %n 个类别：%2。</numerusform>
        </translation>
    </message>
    <message>
        <source>No span is decided yet: review some proposals, rarest classes first.</source>
        <translation>还没有已判定的片段：请审阅一些提议，从最稀有的类别开始。</translation>
    </message>
    <message>
        <source>All decided spans are of one class: nothing can be learned from that. Decide spans of a second one.</source>
        <translation>所有已判定的片段属于同一类别：无法从中学习。请判定第二个类别的片段。</translation>
    </message>
    <message>
        <source>All decided spans are of one subject: no figure says how well new people are recognised. Add videos of a second one.</source>
        <translation>所有已判定的片段来自同一位被试：没有数字能说明对新人的识别效果。请添加第二位被试的视频。</translation>
    </message>
</context>
<context>
    <name>telltale::AgreementPlot</name>
    <message>
        <source>Agreement by class</source>
        <translation>各类别的一致性</translation>
    </message>
    <message>
        <source>not defined</source>
        <translation>无定义</translation>
    </message>
</context>
<context>
    <name>telltale::ClassPointsView</name>
    <message>
        <source>Arrow keys: walk through the classes, Enter: choose one</source>
        <translation>方向键：在类别间移动；Enter：选择</translation>
    </message>
</context>
<context>
    <name>telltale::ClassRowsView</name>
    <message>
        <source>Arrow keys: walk through the classes, Enter: choose one</source>
        <translation>方向键：在类别间移动；Enter：选择</translation>
    </message>
</context>
<context>
    <name>telltale::PlotView</name>
    <message>
        <source>Copy figure</source>
        <translation>复制图</translation>
    </message>
    <message>
        <source>Save figure...</source>
        <translation>保存图...</translation>
    </message>
    <message>
        <source>Save figure</source>
        <translation>保存图</translation>
    </message>
    <message>
        <source>Vector drawing (*.svg);;PDF (*.pdf);;Picture (*.png)</source>
        <translation>矢量图 (*.svg);;PDF (*.pdf);;图片 (*.png)</translation>
    </message>
</context>
<context>
    <name>telltale::ReliabilityView</name>
    <message>
        <source>confidence, %</source>
        <translation>置信度（%）</translation>
    </message>
    <message>
        <source>right, %</source>
        <translation>正确率（%）</translation>
    </message>
</context>
<context>
    <name>telltale::SpanRowsView</name>
    <message>
        <source>Spans of the coders, the model and what is settled</source>
        <translation>编码者、模型的片段以及已裁定的内容</translation>
    </message>
    <message>
        <source>%1, frames %2 to %3</source>
        <translation>%1，第 %2 至 %3 帧</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <translation>%1：%2</translation>
    </message>
</context>
<context>
    <name>ModalityTexts</name>
    <message>
        <source>There are no videos in the project yet: add some, then analyze them.</source>
        <translation>项目中还没有视频：请先添加，然后分析。</translation>
    </message>
    <message numerus="yes">
        <source>Transductive: %n of them were answered by a system that had adapted to the people in them.</source>
        <translation>
            <numerusform>直推式：其中 %n 个由已适应其中人物的系统回答。</numerusform>
        </translation>
    </message>
    <message>
        <source>95 %: %1–%2</source>
        <translation>95 %：%1–%2</translation>
    </message>
    <message>
        <source>%1, %2: F1 %3; %4 of %5 found, %6 named so</source>
        <translation>%1，%2：F1 %3；%5 个中找到 %4 个，判为该类 %6 个</translation>
    </message>
    <message>
        <source>%1 and %2 give the same class to %3 of %4 spans (%5); kappa %6</source>
        <translation>%1 与 %2 在 %4 个片段中有 %3 个类别相同（%5）；kappa %6</translation>
    </message>
    <message>
        <source>Both right %1, first alone %2, second alone %3, both wrong %4 (alike %5)</source>
        <translation>都正确 %1，仅前者正确 %2，仅后者正确 %3，都错误 %4（错得相同 %5）</translation>
    </message>
    <message>
        <source>%1: %2 → %3 (%4%5)</source>
        <translation>%1：%2 → %3（%4%5）</translation>
    </message>
    <message numerus="yes">
        <source>%n span(s)</source>
        <translation>
            <numerusform>%n 个片段</numerusform>
        </translation>
    </message>
    <message>
        <source>of people it did not learn from</source>
        <translation>来自系统未曾学习过的人物</translation>
    </message>
    <message>
        <source>of people it was tuned on</source>
        <translation>来自用于调参的人物</translation>
    </message>
    <message>
        <source>of people it knew from other spans</source>
        <translation>来自系统通过其他片段认识的人物</translation>
    </message>
    <message>
        <source>that it may have learned from</source>
        <translation>可能曾用于学习</translation>
    </message>
    <message>
        <source>of which that is not known</source>
        <translation>来源不明</translation>
    </message>
    <message>
        <source>No model has said anything yet: analyze a video.</source>
        <translation>还没有模型给出回答：请分析一个视频。</translation>
    </message>
    <message>
        <source>No span has a class that a person gave: accept or correct some proposals.</source>
        <translation>还没有由人给出类别的片段：请接受或更正一些建议。</translation>
    </message>
    <message>
        <source>These models have named none of the decided spans: choose others above, or let a system predict (telltale-cli predict).</source>
        <translation>这些模型没有为任何已裁定的片段命名：请在上方选择其他模型，或让某个系统预测（telltale-cli predict）。</translation>
    </message>
    <message>
        <source>The system has learned from all the people in the decided spans: give some subjects the role Test and train again, or look at all spans.</source>
        <translation>系统已从已裁定片段中的所有人物学习过：请将部分受试者的角色设为“测试”并重新训练，或查看全部片段。</translation>
    </message>
    <message>
        <source>No system has adapted to unlabelled people yet: train one, predict with it, then adapt it (panel Pseudo-labels).</source>
        <translation>还没有系统适应过未标注的人物：请先训练一个系统，用它预测，再进行适应（“伪标签”面板）。</translation>
    </message>
    <message>
        <source>The system as it was before adapting has named no spans: predict with it, so that both stand side by side.</source>
        <translation>适应前的系统还没有为任何片段命名：请用它预测，以便两者并列比较。</translation>
    </message>
    <message>
        <source>No decided span was named before and after adapting: decide some of the spans of the people it adapted to.</source>
        <translation>没有在适应前后都被命名的已裁定片段：请裁定一些它所适应的人物的片段。</translation>
    </message>
    <message numerus="yes">
        <source>What was said of %n decided span(s) when they were proposed</source>
        <translation>
            <numerusform>%n 个已裁定片段在提出建议时的回答</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>What %1 says of %n decided span(s)</source>
        <translation>
            <numerusform>%1 对 %n 个已裁定片段的回答</numerusform>
        </translation>
    </message>
    <message>
        <source>Figures on what was learned from are no test: choose only held-out people.</source>
        <translation>在学习过的数据上的数值不是测试结果：请选择仅留出的人物。</translation>
    </message>
    <message numerus="yes">
        <source>%n decided span(s) that both systems have named</source>
        <translation>
            <numerusform>两个系统都命名过的 %n 个已裁定片段</numerusform>
        </translation>
    </message>
    <message>
        <source>, of people from whose labels neither learned.</source>
        <translation>，来自两者都未学习过其标签的人物。</translation>
    </message>
    <message>
        <source>; both may have learned from them, so nothing follows for other people.</source>
        <translation>；两者都可能从中学习过，因此不能推及其他人。</translation>
    </message>
    <message>
        <source>Transductive: the adapted system had seen them without their labels.</source>
        <translation>直推式：适应后的系统曾见过这些片段（不含标签）。</translation>
    </message>
    <message>
        <source>At least one modality is right in %1 of %2 spans (%3): the most that a vote could reach. None is right in %4.</source>
        <translation>%2 个片段中有 %1 个至少一个模态正确（%3）：这是投票所能达到的上限。%4 个没有任何模态正确。</translation>
    </message>
    <message>
        <source>F1 by class and modality</source>
        <translation>各类别与模态的 F1</translation>
    </message>
    <message>
        <source>Agreement between modalities</source>
        <translation>模态间的一致性</translation>
    </message>
    <message>
        <source>Gain of adaptation by subject (share named right)</source>
        <translation>适应带来的增益（按受试者，命名正确率）</translation>
    </message>
    <message>
        <source>Gain of adaptation by class (F1)</source>
        <translation>适应带来的增益（按类别，F1）</translation>
    </message>
    <message>
        <source>Unadapted</source>
        <translation>适应前</translation>
    </message>
    <message>
        <source>Adapted</source>
        <translation>适应后</translation>
    </message>
    <message>
        <source>Fused</source>
        <translation>融合</translation>
    </message>
</context>
<context>
    <name>CalibrationTexts</name>
    <message>
        <source>%1 (%2–%3)</source>
        <translation>%1（%2–%3）</translation>
    </message>
    <message>
        <source>%1, shown with %2–%3: %4</source>
        <translation>%1，显示为 %2–%3：%4</translation>
    </message>
    <message numerus="yes">
        <source>%n more decided audit item(s) are needed to say how far confidences can be trusted.</source>
        <translation>
            <numerusform>还需要 %n 个已裁定的抽查条目，才能说明置信度有多可信。</numerusform>
        </translation>
    </message>
    <message>
        <source>Choose the order &quot;Random audit&quot; in the review list and decide the items marked with ◎ in turn.</source>
        <translation>在审核列表中选择“随机抽查”顺序，依次裁定标有 ◎ 的条目。</translation>
    </message>
    <message numerus="yes">
        <source>Decide the %n audit item(s) left (order &quot;Random audit&quot;), then raise the share of audit items in the review list, or analyze more videos.</source>
        <translation>
            <numerusform>先裁定剩余的 %n 个抽查条目（“随机抽查”顺序），然后在审核列表中提高抽查比例，或分析更多视频。</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n item(s) decided out of turn will count when those before them are decided.</source>
        <translation>
            <numerusform>有 %n 个条目未按顺序裁定，待其前面的条目裁定后才计入。</numerusform>
        </translation>
    </message>
    <message>
        <source>There are no videos in the project yet: add some, then analyze them.</source>
        <translation>项目中还没有视频：请先添加，然后分析。</translation>
    </message>
    <message>
        <source>No model has proposed anything yet: analyze a video.</source>
        <translation>还没有模型提出任何建议：请分析一个视频。</translation>
    </message>
    <message>
        <source>The proposals have no names, so nothing was said with any confidence: name spans of at least two classes, retrain, then analyze again.</source>
        <translation>建议没有类别名称，因此没有置信度可言：请至少为两个类别的片段命名，重新训练，然后再次分析。</translation>
    </message>
    <message numerus="yes">
        <source>%n audit item(s), drawn at random among all proposals: what the queue shows first is chosen for looking doubtful and is not counted.</source>
        <translation>
            <numerusform>%n 个抽查条目，从所有建议中随机抽取：队列优先显示的条目是因为看起来可疑而被选中的，不计入。</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Transductive: %n of them were answered by a system that had adapted to the people in them.</source>
        <translation>
            <numerusform>直推式：其中 %n 个由已适应其中人物的系统回答。</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>They come from %n model(s).</source>
        <translation>
            <numerusform>它们来自 %n 个模型。</numerusform>
        </translation>
    </message>
    <message>
        <source>With one subject the intervals know nothing of other people.</source>
        <translation>只有一名受试者时，区间无法说明其他人的情况。</translation>
    </message>
    <message>
        <source>%1 of %2 like this were right (%3–%4)</source>
        <translation>这类条目 %2 个中有 %1 个正确（%3–%4）</translation>
    </message>
    <message>
        <source>ECE %1</source>
        <translation>ECE %1</translation>
    </message>
    <message>
        <source>%1, before temperature %2</source>
        <translation>%1，应用温度前为 %2</translation>
    </message>
    <message>
        <source>Before temperature</source>
        <translation>应用温度前</translation>
    </message>
    <message>
        <source>Raise the share of audit items in the review list, or analyze more videos.</source>
        <translation>请在审核列表中提高抽查比例，或分析更多视频。</translation>
    </message>
</context>
<context>
    <name>AugmentationFigures</name>
    <message>
        <source>Intensity of the augmentation by epoch</source>
        <translation>各轮次的增强强度</translation>
    </message>
    <message>
        <source>rare</source>
        <translation>稀有</translation>
    </message>
    <message>
        <source>medium</source>
        <translation>中部</translation>
    </message>
    <message>
        <source>frequent</source>
        <translation>常见</translation>
    </message>
    <message numerus="yes">
        <source>mean of %n class(es)</source>
        <translation>
            <numerusform>%n 个类别的平均</numerusform>
        </translation>
    </message>
    <message>
        <source>intensity</source>
        <translation>强度</translation>
    </message>
    <message>
        <source>used</source>
        <translation>使用中</translation>
    </message>
</context>
<context>
    <name>JobDialog</name>
    <message>
        <source>Progress</source>
        <translation>进度</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>停止</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
</context>
<context>
    <name>telltale::FormatSettingsForm</name>
    <message>
        <source>%1:</source>
        <translation>%1：</translation>
    </message>
</context>
<context>
    <name>FormatSetting</name>
    <message>
        <source>ActivityNet JSON (OpenTAD, ActionFormer)</source>
        <translation>ActivityNet JSON（OpenTAD、ActionFormer）</translation>
    </message>
    <message>
        <source>SMG folders (SampleNNNN)</source>
        <translation>SMG 文件夹（SampleNNNN）</translation>
    </message>
    <message>
        <source>iMiGUE folders</source>
        <translation>iMiGUE 文件夹</translation>
    </message>
    <message>
        <source>Span list (CSV)</source>
        <translation>片段列表（CSV）</translation>
    </message>
    <message>
        <source>ELAN (EAF 2.7 to 3.0)</source>
        <translation>ELAN（EAF 2.7 至 3.0）</translation>
    </message>
    <message>
        <source>WebVTT subtitles</source>
        <translation>WebVTT 字幕</translation>
    </message>
    <message>
        <source>SubRip subtitles (SRT)</source>
        <translation>SubRip 字幕（SRT）</translation>
    </message>
    <message>
        <source>Praat TextGrid</source>
        <translation>Praat TextGrid</translation>
    </message>
    <message>
        <source>NOVA annotation</source>
        <translation>NOVA 标注</translation>
    </message>
    <message>
        <source>CVAT for video 1.1</source>
        <translation>CVAT 视频 1.1</translation>
    </message>
    <message>
        <source>BORIS project</source>
        <translation>BORIS 项目</translation>
    </message>
    <message>
        <source>BORIS tabular events</source>
        <translation>BORIS 事件表</translation>
    </message>
    <message>
        <source>BORIS aggregated events</source>
        <translation>BORIS 汇总事件</translation>
    </message>
    <message>
        <source>Label Studio JSON</source>
        <translation>Label Studio JSON</translation>
    </message>
    <message>
        <source>MiGA submission, classes of clips (track 1)</source>
        <translation>MiGA 提交文件，片段的类别（赛道 1）</translation>
    </message>
    <message>
        <source>MiGA submission, spans of videos (track 2)</source>
        <translation>MiGA 提交文件，视频中的片段（赛道 2）</translation>
    </message>
    <message>
        <source>MiGA submission, columns of your own</source>
        <translation>MiGA 提交文件，自定义列</translation>
    </message>
    <message>
        <source>Skeletons (OpenPose, COCO, Halpe, SLEAP, DeepLabCut, PYSKL, NumPy, ...)</source>
        <translation>骨架（OpenPose、COCO、Halpe、SLEAP、DeepLabCut、PYSKL、NumPy 等）</translation>
    </message>
    <message>
        <source>Labelled dataset (PYSKL, MMAction2, OpenTAD, ActionFormer)</source>
        <translation>带标签的数据集（PYSKL、MMAction2、OpenTAD、ActionFormer）</translation>
    </message>
    <message>
        <source>What the file is for</source>
        <translation>文件的用途</translation>
    </message>
    <message>
        <source>Spans of test videos</source>
        <translation>测试视频的片段</translation>
    </message>
    <message>
        <source>Names of the parts: train or training</source>
        <translation>各部分的名称：train 或 training</translation>
    </message>
    <message>
        <source>Columns of the list</source>
        <translation>列表的列</translation>
    </message>
    <message>
        <source>Tiers to import, separated by commas (* stands for any text)</source>
        <translation>要导入的层，用逗号分隔（* 代表任意文字）</translation>
    </message>
    <message>
        <source>A second line with person, state, score and annotator</source>
        <translation>第二行写人物、状态、分数和标注者</translation>
    </message>
    <message>
        <source>What the names of tiers are</source>
        <translation>层的名称表示</translation>
    </message>
    <message>
        <source>Spans with a confidence below 1 become</source>
        <translation>置信度低于 1 的片段成为</translation>
    </message>
    <message>
        <source>The video has the name of the</source>
        <translation>视频名称取自</translation>
    </message>
    <message>
        <source>Class that means no gesture</source>
        <translation>表示没有手势的类别</translation>
    </message>
    <message>
        <source>Continuous values make a span from</source>
        <translation>连续值从多少起算作片段</translation>
    </message>
    <message>
        <source>A span is</source>
        <translation>一个片段是</translation>
    </message>
    <message>
        <source>Modifiers of behaviours</source>
        <translation>行为的修饰项</translation>
    </message>
    <message>
        <source>What separates the columns</source>
        <translation>列的分隔符</translation>
    </message>
    <message>
        <source>frameRate of the labelling interface (empty: that of the video)</source>
        <translation>标注界面的 frameRate（留空：视频的帧率）</translation>
    </message>
    <message>
        <source>What stands before the names of videos</source>
        <translation>视频名称前的文字</translation>
    </message>
    <message>
        <source>Number of the first class</source>
        <translation>第一个类别的编号</translation>
    </message>
    <message>
        <source>name_10_20 means frames 10 to 20 of a video, or a clip of that name</source>
        <translation>name_10_20 指视频的第 10 至 20 帧，还是同名的短片</translation>
    </message>
    <message>
        <source>Template of a row</source>
        <translation>一行的模板</translation>
    </message>
    <message>
        <source>First line (empty: none)</source>
        <translation>第一行（留空：没有）</translation>
    </message>
    <message>
        <source>Form of the files</source>
        <translation>文件形式</translation>
    </message>
    <message>
        <source>Clips of the spans</source>
        <translation>片段的短片</translation>
    </message>
    <message>
        <source>Points of the spans</source>
        <translation>片段的关键点</translation>
    </message>
    <message>
        <source>Heatmaps of the spans</source>
        <translation>片段的热图</translation>
    </message>
    <message>
        <source>Points of whole videos</source>
        <translation>整个视频的关键点</translation>
    </message>
    <message>
        <source>Whole videos</source>
        <translation>整个视频</translation>
    </message>
    <message>
        <source>Without identities: skeletons alone, no names</source>
        <translation>不含身份：只有骨架，没有姓名</translation>
    </message>
    <message>
        <source>predictions</source>
        <translation>预测</translation>
    </message>
    <message>
        <source>keep</source>
        <translation>保留</translation>
    </message>
    <message>
        <source>drop</source>
        <translation>去掉</translation>
    </message>
    <message>
        <source>auto</source>
        <translation>自动</translation>
    </message>
    <message>
        <source>short</source>
        <translation>短</translation>
    </message>
    <message>
        <source>long</source>
        <translation>长</translation>
    </message>
    <message>
        <source>wide</source>
        <translation>全部列</translation>
    </message>
    <message>
        <source>yes</source>
        <translation>是</translation>
    </message>
    <message>
        <source>no</source>
        <translation>否</translation>
    </message>
    <message>
        <source>ignore</source>
        <translation>忽略</translation>
    </message>
    <message>
        <source>person</source>
        <translation>人物</translation>
    </message>
    <message>
        <source>annotator</source>
        <translation>标注者</translation>
    </message>
    <message>
        <source>proposals</source>
        <translation>建议</translation>
    </message>
    <message>
        <source>accepted</source>
        <translation>已接受</translation>
    </message>
    <message>
        <source>file</source>
        <translation>文件</translation>
    </message>
    <message>
        <source>folder</source>
        <translation>文件夹</translation>
    </message>
    <message>
        <source>tracks</source>
        <translation>轨迹</translation>
    </message>
    <message>
        <source>attributes</source>
        <translation>属性</translation>
    </message>
    <message>
        <source>comma</source>
        <translation>逗号</translation>
    </message>
    <message>
        <source>tab</source>
        <translation>制表符</translation>
    </message>
    <message>
        <source>frames</source>
        <translation>帧</translation>
    </message>
    <message>
        <source>clips</source>
        <translation>短片</translation>
    </message>
    <message>
        <source>encode</source>
        <translation>重新编码</translation>
    </message>
    <message>
        <source>none</source>
        <translation>无</translation>
    </message>
    <message>
        <source>joint</source>
        <translation>关节</translation>
    </message>
    <message>
        <source>limb</source>
        <translation>肢体</translation>
    </message>
    <message>
        <source>reference</source>
        <translation>引用</translation>
    </message>
    <message>
        <source>copy</source>
        <translation>复制</translation>
    </message>
    <message>
        <source>Folders of the clips</source>
        <translation>短片的文件夹</translation>
    </message>
    <message>
        <source>one</source>
        <translation>一个</translation>
    </message>
    <message>
        <source>class</source>
        <translation>按类别</translation>
    </message>
</context>
<context>
    <name>telltale::ImportPreview</name>
    <message>
        <source>Changes</source>
        <translation>更改</translation>
    </message>
    <message>
        <source>Video</source>
        <translation>视频</translation>
    </message>
    <message>
        <source>Change</source>
        <translation>更改内容</translation>
    </message>
    <message>
        <source>Spans</source>
        <translation>片段</translation>
    </message>
    <message>
        <source>Proposals</source>
        <translation>建议</translation>
    </message>
    <message>
        <source>There already</source>
        <translation>已存在</translation>
    </message>
    <message>
        <source>Problems</source>
        <translation>问题</translation>
    </message>
    <message>
        <source>File</source>
        <translation>文件</translation>
    </message>
    <message>
        <source>Line</source>
        <translation>行</translation>
    </message>
    <message>
        <source>Element</source>
        <translation>元素</translation>
    </message>
    <message>
        <source>Problem</source>
        <translation>问题</translation>
    </message>
    <message>
        <source>Remedy</source>
        <translation>解决办法</translation>
    </message>
    <message>
        <source>Report</source>
        <translation>报告</translation>
    </message>
    <message>
        <source>Choose a file: what it would change is listed before anything happens.</source>
        <translation>请选择文件：在任何改动发生之前，这里会列出它将更改什么。</translation>
    </message>
    <message>
        <source>new class: %1</source>
        <translation>新类别：%1</translation>
    </message>
    <message>
        <source>new, waits for its file</source>
        <translation>新增，等待视频文件</translation>
    </message>
    <message>
        <source>new</source>
        <translation>新增</translation>
    </message>
    <message>
        <source>gets a skeleton</source>
        <translation>获得骨架</translation>
    </message>
    <message>
        <source>, </source>
        <translation>、</translation>
    </message>
    <message>
        <source>Changes (%1)</source>
        <translation>更改（%1）</translation>
    </message>
    <message>
        <source>Problems (%1)</source>
        <translation>问题（%1）</translation>
    </message>
    <message>
        <source>Would import: %1, %2, %3. Nothing has changed yet.</source>
        <translation>将导入：%1，%2，%3。目前尚未更改任何内容。</translation>
    </message>
    <message numerus="yes">
        <source>%n span(s)</source>
        <translation>
            <numerusform>%n 个片段</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n video(s)</source>
        <translation>
            <numerusform>%n 个视频</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n skeleton(s)</source>
        <translation>
            <numerusform>%n 个骨架</numerusform>
        </translation>
    </message>
    <message>
        <source>Imported: %1, %2, %3. Undo takes all of it back.</source>
        <translation>已导入：%1，%2，%3。撤销可以全部收回。</translation>
    </message>
    <message numerus="yes">
        <source>%n element(s) left out, listed under Problems.</source>
        <translation>
            <numerusform>略去了 %n 项，列在“问题”下。</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>confirms %n proposal(s)</source>
        <translation>
            <numerusform>确认 %n 个建议</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n part(s) reviewed</source>
        <translation>
            <numerusform>%n 处已审阅</numerusform>
        </translation>
    </message>
</context>
</TS>
